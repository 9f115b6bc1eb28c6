using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rt1.Link;

/// <summary>Who owns the robot, until when, and the last command's sequence number. Instants are on the robot's clock.</summary>
internal sealed class Lease(TimeSpan duration)
{
    public string? Session { get; private set; }

    public string Owner { get; private set; } = "";

    public TimeSpan ExpiresAt { get; private set; }

    public long LastSequence { get; set; }

    [MemberNotNullWhen(true, nameof(Session))]
    public bool IsHeld => Session is not null;

    public bool IsHeldBy(string session) => IsHeld && Session == session;

    /// <summary>A new session; its id cannot be guessed.</summary>
    public string Begin(string owner, TimeSpan now)
    {
        Session = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Owner = owner;
        LastSequence = long.MinValue;
        Extend(now);
        return Session;
    }

    public void Extend(TimeSpan now) => ExpiresAt = now + duration;

    public void End() => Session = null;
}
