namespace Rt1.Training;

/// <summary>
/// The factor on the loss that keeps small float16 gradients from vanishing: it halves when they overflow, and doubles after long without.
/// </summary>
internal sealed class LossScale(bool isOn)
{
    private const int StepsToDouble = 2000;

    public bool IsOn => isOn;

    public double Factor { get; set; } = isOn ? 65536 : 1;

    /// <summary>Steps since the factor last changed.</summary>
    public int Steady { get; set; }

    public void Adapt(bool fitted)
    {
        if (!isOn)
            return;
        Steady = fitted ? Steady + 1 : 0;
        if (!fitted)
            Factor /= 2;
        else if (Steady % StepsToDouble == 0)
            Factor *= 2;
    }
}
