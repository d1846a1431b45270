namespace Samia.Local.Simulator;

/// <summary>What can go wrong with WhatsApp, to be switched on for one business's number.</summary>
public enum Misbehaviour
{
    /// <summary>HTTP 429 with 130429: too many messages a second.</summary>
    RateLimit,

    /// <summary>131056: too many messages to this one person.</summary>
    PairRateLimit,

    /// <summary>190: the access token has expired.</summary>
    ExpiredToken,

    /// <summary>131047: the 24-hour window counts as closed, whatever the customer wrote.</summary>
    ClosedWindow,

    /// <summary>131026: the person cannot be reached on WhatsApp.</summary>
    NotOnWhatsApp,

    /// <summary>HTTP 500 with 131000; nothing is accepted.</summary>
    ServerError,

    /// <summary>A message is accepted and delivered, but the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>Every answer takes <see cref="SimulatorOptions.SlowAnswerTakes"/>.</summary>
    SlowAnswers,

    /// <summary>Failures that Meta tells in a status (131026, 131047) are told in the answer instead.</summary>
    FailInAnswer,

    /// <summary>Each webhook is delivered twice.</summary>
    DuplicateDeliveries,

    /// <summary>Of two webhooks of one customer the later comes first.</summary>
    OutOfOrderDeliveries,

    /// <summary>The API answers 503 and webhooks wait until it is over.</summary>
    Outage,
}
