namespace Samia.Local.Simulator;

/// <summary>How quick the simulated world is.</summary>
public sealed record SimulatorOptions
{
    public TimeSpan SentAfter { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After <c>sent</c>, where the phone is online.</summary>
    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>After <c>delivered</c>, where the chat is open on the phone.</summary>
    public TimeSpan ReadAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After <c>delivered</c>, where the chat is not open; null: only once it is opened.</summary>
    public TimeSpan? ReadUnopenedAfter { get; init; }

    /// <summary>A webhook that was not answered with 200 is delivered again after this time, then after twice as long, and so on.</summary>
    public TimeSpan FirstRedeliveryAfter { get; init; } = TimeSpan.FromMilliseconds(500);
    public TimeSpan LongestRedeliveryPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a webhook may take to be answered.</summary>
    public TimeSpan WebhookPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>By how much <see cref="Misbehaviour.SlowAnswers"/> delays an answer.</summary>
    public TimeSpan SlowAnswerTakes { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>For how long a webhook waits to be overtaken by the next (<see cref="Misbehaviour.OutOfOrderDeliveries"/>).</summary>
    public TimeSpan OvertakenWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Tells the time of messages and of the 24-hour window. The delays above are real time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
