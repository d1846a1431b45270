using Microsoft.Extensions.Options;

namespace Samia.Inbox.WhatsApp;

/// <summary>How the dispatcher works. Section <c>WhatsApp:Outbound</c>; the defaults suit production.</summary>
internal sealed class OutboundOptions
{
    public const string Section = "WhatsApp:Outbound";

    /// <summary>Calls under way on this node.</summary>
    public int MaxParallel { get; set; } = 64;

    /// <summary>Of those, calls for one business, so that a number whose calls hang leaves room for the others.</summary>
    public int MaxParallelPerBusiness { get; set; } = 16;

    /// <summary>How often all businesses are looked through for what no signal of this node told.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After this time without an answer a call's answer counts as lost.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an entry is this node's; later, another takes this node for dead. Longer than a call.</summary>
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a status that carries our message id may take to stand in for a lost answer.</summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of a message whose answers were lost: each may have arrived, so they are few.</summary>
    public int MaxUnanswered { get; set; } = 3;

    /// <summary>Tries of a message against errors of WhatsApp or of the network: about twenty minutes.</summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Tries of a message of a number that is asked to slow down: hours.</summary>
    public int MaxSlowAttempts { get; set; } = 24;

    /// <summary>The wait after the first failed try; it doubles with each.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(2);
}

internal sealed class ValidateOutboundOptions : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        List<string> failures = [];
        foreach (var (key, value) in new[]
                 {
                     ("MaxParallel", options.MaxParallel), ("MaxParallelPerBusiness", options.MaxParallelPerBusiness),
                     ("MaxUnanswered", options.MaxUnanswered), ("MaxAttempts", options.MaxAttempts),
                     ("MaxSlowAttempts", options.MaxSlowAttempts),
                 })
        {
            Require(value > 0, key, "a number above zero", value);
        }

        Require(options.LookEvery > TimeSpan.Zero, "LookEvery", "a time above zero", options.LookEvery);
        Require(options.FirstWait > TimeSpan.Zero, "FirstWait", "a time above zero", options.FirstWait);
        Require(options.CallTimeout > TimeSpan.Zero, "CallTimeout", "a time above zero", options.CallTimeout);
        Require(options.ClaimFor > options.CallTimeout, "ClaimFor", "a time longer than CallTimeout", options.ClaimFor);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string key, string wanted, object value)
        {
            if (!holds)
            {
                failures.Add($"The setting '{OutboundOptions.Section}:{key}' is {value}. Set it to {wanted}.");
            }
        }
    }
}
