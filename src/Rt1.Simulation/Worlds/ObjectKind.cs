namespace Rt1.Simulation;

/// <summary>
/// A kind of object: an MJCF file under <c>Assets/Objects</c> with a body, a free joint and an upright extent (site) of its name, and a
/// site <c>NAME_grasp</c> where a gripper takes it, its fingers moving along the site's y axis.
/// </summary>
public sealed record ObjectKind
{
    /// <summary>In snake_case, e.g. <c>red_can</c>; spoken with blanks.</summary>
    public required string Name { get; init; }

    /// <summary>Tall enough to be knocked over, and to be set upright again.</summary>
    public bool Topples { get; init; }

    /// <summary>Open at the top and wide enough that something small is put into it with the gripper.</summary>
    public bool Holds { get; init; }

    /// <summary>Small enough to be put into what <see cref="Holds"/>.</summary>
    public bool FitsInside { get; init; }

    /// <summary>Every kind, by name.</summary>
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        new() { Name = "apple", FitsInside = true },
        new() { Name = "banana" },
        new() { Name = "basket", Holds = true },
        new() { Name = "blue_block", FitsInside = true },
        new() { Name = "bowl", Holds = true },
        new() { Name = "brown_box" },
        new() { Name = "carrot" },
        new() { Name = "chip_bag" },
        new() { Name = "chocolate_bar" },
        new() { Name = "cup", Topples = true },
        new() { Name = "green_bottle", Topples = true },
        new() { Name = "jam_jar", FitsInside = true },
        new() { Name = "milk_carton", Topples = true },
        new() { Name = "orange", FitsInside = true },
        new() { Name = "pink_ball", FitsInside = true },
        new() { Name = "red_can", Topples = true },
        new() { Name = "sponge" },
        new() { Name = "tin", FitsInside = true },
        new() { Name = "water_bottle", Topples = true },
    ];
}
