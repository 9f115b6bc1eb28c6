using Rt1.Configuration;
using Rt1.Core;
using Rt1.Data;
using Rt1.Model.Networks;
using static TorchSharp.torch;

namespace Rt1.Training;

/// <summary>A training run: batch → loss → step → log → save. Every worker runs one.</summary>
public sealed class Trainer : IDisposable
{
    // Predictions are measured this often in a log interval: it costs a little.
    private const int MeasuresPerLog = 5;

    private readonly TrainingConfig _config;
    private readonly TrainingServices _services;
    private readonly RunFolder _folder;
    private readonly Learner _learner;
    private readonly BatchLoader _loader;
    private readonly Schedule _schedule;
    private readonly RunSaver _saver;
    private readonly RunControl _control;
    private readonly MetricMeter _meter;
    private readonly RunClock _clock;
    private readonly IMetricSink? _metrics;
    private long _zeroed;
    private double? _lastLoss;
    private MixtureState _position;

    private Trainer(TrainingConfig config, RunFolder folder, TrainingServices services, Learner learner, TrainingState? resumed)
    {
        (_config, _folder, _services, _learner) = (config, folder, services, learner);
        _schedule = new Schedule(config.Schedule, config.Optimizer.LearningRate);
        _clock = new RunClock(services.Time, TimeSpan.FromSeconds(resumed?.ElapsedSeconds ?? 0));
        _loader = new BatchLoader(config, services.Workers, services.Time, resumed?.Data);
        _saver = new RunSaver(config, folder, learner) { Best = resumed?.Best, Newest = resumed?.Step };
        _control = new RunControl(services.Workers, learner.Device);
        _meter = new MetricMeter(learner.Network.ActionSpace, resumed?.Interval ?? []);
        _position = _loader.State;
        _lastLoss = resumed?.LastLoss;
        _zeroed = resumed?.ZeroedGradients ?? 0;
        _metrics = IsFirst ? services.OpenMetrics?.Invoke(learner.Steps) : null;
    }

    private bool IsFirst => _services.Workers.Rank == 0;

    private long ImagesPerStep => (long)_config.BatchSize * _config.Policy.Network.Window;

    /// <summary>Starts a run in a new folder.</summary>
    /// <exception cref="Rt1Exception">The folder is taken, data or files are missing, or the configuration does not fit them; nothing was written but the folder.</exception>
    public static Trainer Start(TrainingConfig config, RunFolder folder, TrainingServices services)
    {
        if (services.Workers.Rank == 0)
            folder.Create();
        services.Workers.Barrier();
        config = config with { Policy = config.TrainedPolicy };
        var policy = Contexts.WithWords(config, () => config.Data.Datasets.Values.SelectMany(d => AlignedDataset.Open(d.Dataset).Instructions()));
        config = config with { Policy = policy };
        var learner = new Learner(config, StartingPoint.Create(config, policy, services.Workers.Rank == 0 ? services.Say : _ => { }), services.Workers, services.Time);
        var trainer = Open(config, folder, services, learner, null);
        if (trainer.IsFirst)
        {
            trainer._saver.RequireSpace();
            File.WriteAllText(folder.ConfigFile, Config.ToYaml(config));
        }
        return trainer;
    }

    /// <summary>Goes on with a run from its newest whole checkpoint.</summary>
    /// <param name="config">As the run has it; what changes the network is refused.</param>
    /// <exception cref="Rt1Exception">There is no such run, or it was trained with another network.</exception>
    public static Trainer Resume(TrainingConfig config, RunFolder folder, TrainingServices services)
    {
        var checkpoint = folder.NewestValid(services.Workers.Rank == 0 ? services.Say : _ => { });
        var state = TrainingState.Read(checkpoint);
        var saved = Config.Load<PolicyConfig>(Path.Combine(checkpoint, Model.Checkpoints.PolicyCheckpoint.ConfigFile));
        config = config with { Policy = config.TrainedPolicy with { Instruction = saved.Instruction } };
        var learner = new Learner(config, new Rt1Network(config.Policy), services.Workers, services.Time);
        state.Restore(checkpoint, learner);
        if (services.Workers.Rank == 0)
            services.Say($"resumed at step {state.Step} from {checkpoint}");
        return Open(config, folder, services, learner, state);
    }

    /// <summary>Trains to the end, or until it is asked to stop; then saves.</summary>
    /// <param name="stop">Finishes the step, saves, and returns.</param>
    /// <exception cref="NonFiniteLossException">The loss is not finite; the run up to that step is saved.</exception>
    /// <exception cref="Rt1Exception">Data, another worker or the disk failed; the run is saved as far as the disk allows.</exception>
    public TrainingOutcome Run(CancellationToken stop)
    {
        try
        {
            while (_control.GoesOn(_schedule.Progress(_learner.Steps, _clock.Elapsed), stop) is { } progress)
                Step(progress, stop);
        }
        catch (Rt1Exception) when (!_saver.HasFailed && _saver.Newest != _learner.Steps)
        {
            Save();
            throw;
        }
        if (_saver.Newest != _learner.Steps)
            Save();
        _metrics?.Flush();
        return new TrainingOutcome(_learner.Steps, _control.IsFinished, _folder.Policy);
    }

    public void Dispose()
    {
        _loader.Dispose();
        _learner.Dispose();
    }

    private static Trainer Open(TrainingConfig config, RunFolder folder, TrainingServices services, Learner learner, TrainingState? state)
    {
        try
        {
            return new Trainer(config, folder, services, learner, state);
        }
        catch
        {
            learner.Dispose();
            throw;
        }
    }

    private void Step(double progress, CancellationToken stop)
    {
        var rate = _schedule.LearningRate(_learner.Steps, progress);
        var batch = _loader.Next();
        try
        {
            var result = _learner.Step(batch, progress, rate, IsMeasured(_learner.Steps + 1));
            _position = _loader.State;
            _zeroed += result.ZeroedGradients;
            _meter.Add(result, _loader.Waited);
            Log(rate, batch[^1]);
        }
        finally
        {
            foreach (var part in batch)
                part.Dispose();
        }
        _services.AfterStep?.Invoke(_learner.Steps);
        if (_learner.Steps % _config.Saving.EverySteps == 0)
            Save();
        if (_config.Evaluation.EverySteps > 0 && _learner.Steps % _config.Evaluation.EverySteps == 0)
            _clock.Pause(() => Evaluate(stop));
    }

    private void Log(double rate, WindowBatch batch)
    {
        if (!IsFirst)
            return;
        var step = _learner.Steps;
        if (step % _config.Log.EverySteps == 0)
        {
            _lastLoss = _meter.Loss;
            foreach (var (name, value) in _meter.Take(rate, ImagesPerStep, _zeroed))
                _metrics?.Scalar(step, name, value);
        }
        if (_config.Log.ImagesEverySteps > 0 && step % _config.Log.ImagesEverySteps == 0 && _metrics is { } metrics)
        {
            var picture = AttentionPicture.Of(_learner, batch);
            metrics.Image(step, MetricNames.AttentionImages, picture.Height, picture.Width, picture.Pixels);
        }
    }

    private void Save()
    {
        if (!IsFirst)
        {
            _saver.Newest = _learner.Steps;
            return;
        }
        // Before the checkpoint: a run that goes on from it must find all its lines.
        _metrics?.Flush();
        _saver.Save(new TrainingState
        {
            Step = _learner.Steps,
            Updates = _learner.Optimizer.Updates,
            ElapsedSeconds = _clock.Elapsed.TotalSeconds,
            Data = _position,
            Interval = _meter.Interval,
            LastLoss = _lastLoss,
            ZeroedGradients = _zeroed,
            Best = _saver.Best,
            LossScale = _learner.Scale.Factor,
            LossScaleSteady = _learner.Scale.Steady,
            Layout = _learner.Weights.Layout,
        });
        if (_config.Evaluation.EverySteps == 0 && _lastLoss is { } loss)
            _saver.Offer(-loss);
    }

    private void Evaluate(CancellationToken stop)
    {
        if (_services.Evaluation is not { } evaluation || !IsFirst)
            return;
        _saver.SavePolicy();
        foreach (var (name, value) in evaluation.Evaluate(_folder.Policy, _learner.Steps, stop))
        {
            _metrics?.Scalar(_learner.Steps, name, value);
            if (name == MetricNames.Success)
                _saver.Offer(value);
        }
    }

    private bool IsMeasured(long step) => IsFirst && step % Math.Max(1, _config.Log.EverySteps / MeasuresPerLog) == 0;
}

/// <summary>How a run ended.</summary>
/// <param name="Steps">Optimizer steps done.</param>
/// <param name="IsFinished">False where it was asked to stop before its end.</param>
/// <param name="Policy">The newest policy's folder.</param>
public sealed record TrainingOutcome(long Steps, bool IsFinished, string Policy);
