using Rt1.Configuration;
using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Training.Tests;

/// <summary>A network and a run that are small enough for tests.</summary>
internal static class Toy
{
    /// <summary>A tiny member of the family: 48 px, a map of 6×6 cells, two layers.</summary>
    public static PolicyConfig Policy { get; } = new()
    {
        Name = "toy",
        Image = new ImageConfig { Height = ToyEpisodes.Size, Width = ToyEpisodes.Size, Size = ToyEpisodes.Size },
        Network = new NetworkConfig
        {
            Window = 3,
            ContextSize = 16,
            EmbeddingSize = 32,
            MapPositionEmbedding = true,
            Backbone = new BackboneConfig
            {
                WidthMultiplier = 1,
                DepthMultiplier = 1,
                StemChannels = 8,
                TopChannels = null,
                DropConnect = 0,
                BatchNormMomentum = 0.9,
                Stages =
                [
                    new StageConfig { Block = BlockKind.FusedMbConv, Kernel = 3, Stride = 2, Expansion = 2, Channels = 16 },
                    new StageConfig { Block = BlockKind.FusedMbConv, Kernel = 3, Stride = 2, Expansion = 2, Channels = 24 },
                ],
            },
            TokenLearner = new TokenLearnerConfig { Tokens = 4, HiddenSize = 16 },
            Transformer = new TransformerConfig { Layers = 2, Width = 32, Heads = 2, KeySize = 16, FeedForwardSize = 64, FinalNorm = true, Dropout = 0.1 },
        },
        ActionSpace = new ActionSpaceConfig
        {
            VocabularySize = 64,
            Fields =
            [
                new ActionFieldConfig { Name = "terminate_episode" },
                new ActionFieldConfig { Name = "world_vector", Low = -0.05f, High = 0.05f },
                new ActionFieldConfig { Name = "rotation_delta", Low = -0.4f, High = 0.4f },
                new ActionFieldConfig { Name = "gripper_closedness_action", Low = -1, High = 1 },
                new ActionFieldConfig { Name = "base_displacement_vertical_rotation", Low = -1, High = 1 },
                new ActionFieldConfig { Name = "base_displacement_vector", Low = -1, High = 1 },
            ],
        },
    };

    /// <summary>A run on a dataset of <see cref="ToyEpisodes"/>, with everything that is random switched on.</summary>
    public static TrainingConfig Config(string dataset, long steps) => new()
    {
        Name = "toy",
        Policy = Policy,
        Data = new MixtureConfig
        {
            Datasets = new Dictionary<string, MixtureEntry> { ["toy"] = new() { Dataset = ToyEpisodes.Config(dataset) } },
            Shuffle = new ShuffleConfig { Seed = 5, Shards = 2, Episodes = 8 },
            Augmentation = new AugmentationConfig { PadHeight = 0.05, PadWidth = 0.05, Padding = PaddingKind.Edge, CropPerSample = true, Colour = 0.1 },
        },
        Seed = 3,
        BatchSize = 4,
        Instruction = new InstructionTrainingConfig { Encoder = InstructionEncoderKind.Learned, EmbeddingSize = 8 },
        Schedule = new ScheduleConfig { Steps = steps, WarmUpSteps = 3, Decay = DecayKind.Cosine },
        Optimizer = new OptimizerConfig { Kind = OptimizerKind.Adamw, LearningRate = 2e-3, Betas = [0.9, 0.98], Epsilon = 1e-8, WeightDecay = 0.05, ClipNorm = 1, EmaDecay = 0.9 },
        Loss = new LossConfig { ReferenceScale = false, LabelSigma = 1, AttentionWeight = 0.3 },
        History = new HistoryConfig { SingleStepUntil = 0.3, SingleStepShare = 0.25 },
        Loader = new LoaderConfig { Threads = 1 },
        Compute = new ComputeConfig { Threads = 1 },
        Saving = new SavingConfig { EverySteps = 4, KeepLast = 2 },
        Log = new LogConfig { EverySteps = 2, ImagesEverySteps = 0 },
    };

    /// <summary>A dataset that is deleted with the folder.</summary>
    public static string Dataset(TemporaryFolder folder, int episodes = 12, int steps = 5)
    {
        ToyEpisodes.Write(folder["data"], episodes, steps, seed: 1);
        return folder["data"];
    }
}
