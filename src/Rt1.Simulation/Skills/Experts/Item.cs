using System.Numerics;
using Mujoco;

namespace Rt1.Simulation;

/// <summary>An object as it lies now, in the robot's base frame; lengths in metres.</summary>
/// <param name="Name">The object.</param>
/// <param name="Shape">Its kind.</param>
/// <param name="Pose">Where its foot's middle is.</param>
internal sealed record Item(string Name, ObjectShape Shape, MjPose Pose)
{
    private const float Upright = 0.7f;

    /// <summary>From its foot to its head.</summary>
    public Vector3 Up { get; } = Vector3.Transform(Vector3.UnitZ, Pose.Orientation);

    public bool IsStanding => Up.Z > Upright;

    public Vector3 Centre => Pose.Position + Up * (float)(Shape.Height / 2);

    /// <summary>Height of its highest point.</summary>
    public float Top => IsStanding ? Pose.Position.Z + (float)Shape.Height : Centre.Z + (float)Math.Max(Shape.Radius, Shape.Width / 2);

    /// <summary>Height of its lowest point.</summary>
    public float Bottom => IsStanding ? Pose.Position.Z : Centre.Z - (float)(Shape.Width / 2);

    /// <summary>Where the point between the finger pads goes to take it from above.</summary>
    public Vector3 GripPoint
    {
        get
        {
            if (IsStanding)
                return Pose.Position + Up * (float)Shape.GripHeight;
            var middle = Pose.Position + Up * (float)Shape.Middle;
            return middle with { Z = Bottom + (float)Math.Max(ObjectShape.LowestGrip, Shape.Width / 2) };
        }
    }

    /// <summary>Along which the fingers close, an angle in the base frame; null when any will do.</summary>
    public double? FingerAngle
    {
        get
        {
            if (FingersAlong is { } wanted)
                return wanted;
            if (!IsStanding)
                return Math.Atan2(Up.Y, Up.X) + (Shape.Height < Shape.Width ? 0 : Math.PI / 2);
            var side = Vector3.Transform(Vector3.UnitX, Pose.Orientation);
            return Shape.FingerAngle + Math.Atan2(side.Y, side.X);
        }
    }

    /// <summary>A direction for the fingers that goes before the object's own.</summary>
    public double? FingersAlong { get; init; }

    /// <summary>After a turn of the fingers by this angle they take it alike.</summary>
    public double Symmetry => IsStanding && FingersAlong is null ? Shape.Symmetry : Math.PI;

    /// <summary>How far it reaches from its middle in a direction of the plane.</summary>
    public float Reach(Vector2 direction)
    {
        if (IsStanding && !Shape.IsLong)
            return (float)Shape.Radius;
        var fingers = (float)FingerAngle!.Value;
        var length = IsStanding ? Shape.Radius : Math.Max(Shape.Height, Shape.Width) / 2;
        var across = Math.Abs(Vector2.Dot(Vector2.Normalize(direction), new Vector2(MathF.Cos(fingers), MathF.Sin(fingers))));
        return (float)(across * Shape.Width / 2 + Math.Sqrt(Math.Max(0, 1 - across * across)) * length);
    }

    /// <summary>Whether it lies in another that holds things.</summary>
    public bool IsIn(Item other) =>
        other.IsStanding && Vector2.Distance(Stage.Flat(Centre), Stage.Flat(other.Centre)) < other.Shape.Inside + 0.02
        && Bottom > other.Pose.Position.Z - 0.005f && Bottom < other.Pose.Position.Z + 0.5f * (float)other.Shape.Height;

    /// <summary>What lies between it and another, along the line of their middles.</summary>
    public float GapTo(Item other)
    {
        var line = Stage.Flat(other.Centre - Centre);
        return line.Length() - Reach(line) - other.Reach(line);
    }
}
