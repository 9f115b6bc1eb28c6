using System.ComponentModel.DataAnnotations;
using Rt1.Configuration;
using Rt1.Core;
using Rt1.Model.Inference;
using TorchSharp;

namespace Rt1.Cli.Run;

/// <summary>Which policy runs: a checkpoint, or a preset with random weights.</summary>
internal sealed record PolicySource : IValidatableObject
{
    /// <summary>A checkpoint folder.</summary>
    public FilePath? Checkpoint { get; init; }

    /// <summary>The sizes of a network that gets random weights, usually <c>!include ../models/rt1.yaml</c>.</summary>
    public PolicyConfig? Preset { get; init; }

    /// <summary>The seed of random weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How logits become actions, in place of what the checkpoint or preset says.</summary>
    public DecodeConfig? Decode { get; init; }

    /// <summary>The instruction bank, in place of the one of the checkpoint or preset.</summary>
    public FilePath? Bank { get; init; }

    /// <exception cref="Rt1Exception">The checkpoint or the bank is missing or damaged, or there is no such device.</exception>
    public Rt1Policy Open(Device device)
    {
        var torchDevice = TorchSetup.Use(device);
        if (Checkpoint is { } folder)
            return Rt1Policy.Load(folder, Overrides(), torchDevice);
        var config = Preset!;
        config = config with
        {
            Decode = Decode ?? config.Decode,
            Instruction = Bank is { } bank ? config.Instruction with { Bank = bank } : config.Instruction,
        };
        return Rt1Policy.CreateRandom(config, Seed, torchDevice);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Checkpoint is null == Preset is null)
            yield return new ValidationResult("needs either 'checkpoint' (a folder) or 'preset' (random weights), and not both.");
    }

    private IEnumerable<string> Overrides()
    {
        if (Decode is not null)
        {
            yield return $"decode.valid_modes={(Decode.ValidModes ? "true" : "false")}";
            yield return $"decode.motion={(Decode.Motion == MotionDecoding.Mean ? "mean" : "argmax")}";
        }
        if (Bank is { } bank)
            yield return $"instruction.bank={bank}";
    }
}
