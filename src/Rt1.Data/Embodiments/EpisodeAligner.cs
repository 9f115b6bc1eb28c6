using System.Numerics;
using Rt1.Core;

namespace Rt1.Data;

/// <summary>Maps a dataset's episodes into the policy's action space, as its configuration says. Thread-safe.</summary>
public sealed class EpisodeAligner
{
    private readonly DatasetConfig _config;
    private readonly ValuePath _image;
    private readonly ValuePath? _instruction;
    private readonly ValuePath? _embedding;
    private readonly ValuePath? _oneHot;
    private readonly (ValuePath Path, double Equal)[] _filters;
    private readonly Dimension[] _dimensions;
    private readonly (ValuePath Point, ValuePath Visible)[] _keypoints;

    public EpisodeAligner(DatasetConfig config)
    {
        _config = config;
        _image = ValuePath.Parse(config.Image);
        _instruction = Parse(config.RelabelledInstruction is null ? config.Instruction : null);
        _embedding = Parse(config.Embedding);
        _oneHot = Parse(config.Action.TerminateEpisode.OneHot);
        _filters = [.. config.Filters.Select(f => (ValuePath.Parse(f.Source), f.Equal))];
        var action = config.Action;
        _dimensions = [.. action.WorldVector.Concat(action.RotationDelta).Append(action.GripperClosednessAction)
            .Append(action.BaseDisplacementVerticalRotation).Concat(action.BaseDisplacementVector).Select(d => new Dimension(d))];
        _keypoints = config.Keypoints is not { } points ? []
            : [.. new[] { points.Target, points.Gripper, points.Reference }.Select(p => (ValuePath.Parse(p.Point), ValuePath.Parse(p.Visible)))];
        Fields = [.. new[] { _image, _instruction, _embedding, _oneHot }
            .Concat(_filters.Select(f => f.Path)).Concat(_dimensions.Select(d => d.Source))
            .Concat(_keypoints.SelectMany(k => new[] { k.Point, k.Visible })).OfType<ValuePath>().Select(p => p.Field).Distinct()];
    }

    /// <summary>The features that the configuration uses; others need not be read.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// Aligns what a dataset's reader gave. Faults pass through; a value that is missing, of another kind, or not finite is one.
    /// </summary>
    public AlignedRead Align(EpisodeRead read)
    {
        if (read.Episode is not { } episode)
            return new AlignedRead(null, read.Fault);
        try
        {
            return episode.Steps.Count == 0 ? new AlignedRead(null, episode.Source.Fault("the episode has no steps."))
                : Passes(episode) ? new AlignedRead(Align(episode), null)
                : default;
        }
        catch (Exception e) when (e is KeyNotFoundException or NonFiniteActionException or FormatException)
        {
            return new AlignedRead(null, episode.Source.Fault(e.Message));
        }
    }

    /// <summary>The features that <see cref="InstructionOf"/> uses.</summary>
    internal IReadOnlyList<string> InstructionFields => [.. _filters.Select(f => f.Path).Append(_instruction).OfType<ValuePath>().Select(p => p.Field).Distinct()];

    /// <summary>The instruction of an episode that passes the filters; null of any other, and where it cannot be read.</summary>
    internal string? InstructionOf(EpisodeRead read)
    {
        try
        {
            return read.Episode is { Steps.Count: > 0 } episode && Passes(episode) ? InstructionOf(episode) : null;
        }
        catch (KeyNotFoundException)
        {
            return null;
        }
    }

    private string InstructionOf(DatasetEpisode episode) =>
        _config.RelabelledInstruction ?? _instruction?.Find<TextValue>(episode, episode.Steps[0]).Text ?? "";

    private AlignedEpisode Align(DatasetEpisode episode)
    {
        var first = episode.Steps[0];
        var steps = new AlignedStep[episode.Steps.Count];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = new AlignedStep(_image.Find<ImageValue>(episode, episode.Steps[i]), ActionOf(episode, i), KeypointsOf(episode, episode.Steps[i]));
        return new AlignedEpisode(
            episode.Source,
            InstructionOf(episode),
            _embedding is null ? null : [.. NumberLists.ToFloats(_embedding.Find<TensorValue>(episode, first))],
            steps);
    }

    private RobotAction ActionOf(DatasetEpisode episode, int index)
    {
        var step = episode.Steps[index];
        Span<float> v = stackalloc float[10];
        for (var i = 0; i < _dimensions.Length; i++)
            v[i] = _dimensions[i].Of(episode, step);
        var action = new RobotAction
        {
            Mode = _oneHot is not null ? ModeOf(_oneHot, episode, step, index)
                : index == episode.Steps.Count - 1 ? ControlMode.Terminate : ControlMode.Arm,
            WorldVector = new Vector3(v[..3]),
            RotationDelta = new Vector3(v[3..6]),
            GripperClosednessAction = v[6],
            BaseDisplacementVerticalRotation = v[7],
            BaseDisplacementVector = new Vector2(v[8..10]),
        };
        NonFiniteActionException.ThrowIfAny(action);
        return action;
    }

    private Keypoints KeypointsOf(DatasetEpisode episode, StructValue step)
    {
        return _keypoints.Length == 0 ? default : new Keypoints(Place(0), Place(1), Place(2));

        Vector2? Place(int index)
        {
            var (path, visible) = _keypoints[index];
            if (visible.Number(episode, step) == 0)
                return null;
            var point = path.Find<TensorValue>(episode, step);
            return point.Count == 2 && double.IsFinite(point[0]) && double.IsFinite(point[1]) ? new Vector2((float)point[0], (float)point[1])
                : throw new FormatException($"'{path.Field}' must have two finite numbers.");
        }
    }

    private static ControlMode ModeOf(ValuePath path, DatasetEpisode episode, StructValue step, int index)
    {
        var tensor = path.Find<TensorValue>(episode, step);
        double[] numbers = [.. Enumerable.Range(0, tensor.Count).Select(i => tensor[i])];
        return numbers.Length == 3 && numbers.Count(n => n == 1) == 1
            ? (ControlMode)Array.IndexOf(numbers, 1)
            : throw new FormatException($"'{path.Field}' of step {index} must have one 1 among three, got {string.Join(", ", numbers)}.");
    }

    private bool Passes(DatasetEpisode episode) => _filters.All(f => f.Path.Number(episode, episode.Steps[^1]) == f.Equal);

    private static ValuePath? Parse(string? path) => path is null ? null : ValuePath.Parse(path);

    /// <summary>One number of an action.</summary>
    private sealed class Dimension(DimensionMapping mapping)
    {
        public ValuePath? Source { get; } = Parse(mapping.Source);

        public float Of(DatasetEpisode episode, StructValue step)
        {
            if (Source is null)
                return (float)mapping.Constant!.Value;
            var value = Source.Number(episode, step);
            if (mapping.Threshold is { } threshold && double.IsFinite(value))
                value = value > threshold ? 1 : 0;
            value = value * mapping.Scale + mapping.Offset;
            return (float)(mapping.Clip is { } clip && double.IsFinite(value) ? Math.Clamp(value, clip[0], clip[1]) : value);
        }
    }
}
