using System.Net;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>How the business's own addresses are called. Section <c>OutgoingWebhooks</c>; the defaults suit production.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "OutgoingWebhooks";

    /// <summary>
    /// Private networks that businesses may have called all the same, and without encryption: addresses or networks
    /// (<c>10.20.0.0/16</c>), separated by commas. None by default.
    /// </summary>
    public string AllowedNetworks { get; set; } = "";

    /// <summary>Calls under way on this node.</summary>
    public int MaxParallel { get; set; } = 64;

    /// <summary>Of those, calls of one webhook, so that an address which hangs leaves room for the others.</summary>
    public int MaxParallelPerWebhook { get; set; } = 4;

    /// <summary>How often all businesses are looked through for what no signal of this node told.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an address may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a delivery is this node's; later, another takes this node for dead. Longer than a call.</summary>
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after the first failed try; it triples with each, up to <see cref="LongestWait"/>.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(10);
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Tries of one delivery: about a day.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>Deliveries given up one after another until the webhook is stopped.</summary>
    public int StopAfter { get; set; } = 5;

    /// <summary>How long deliveries can be looked at and sent again.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <exception cref="FormatException">One is neither an address nor a network.</exception>
    public IReadOnlyList<IPNetwork> Networks => [.. AllowedNetworks
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(text => IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8) : IPNetwork.Parse(text))];

    /// <summary>A quarter shorter or longer by chance, so that what failed together does not come back together.</summary>
    /// <param name="attempts">Tries so far, at least one.</param>
    /// <param name="asked">The header Retry-After.</param>
    public TimeSpan WaitAfter(int attempts, TimeSpan? asked)
    {
        var seconds = Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(3, attempts - 1));
        seconds *= 0.75 + (Random.Shared.NextDouble() / 2);
        var least = Math.Min(LongestWait.TotalSeconds, asked?.TotalSeconds ?? 0);
        return TimeSpan.FromSeconds(Math.Max(seconds, least));
    }
}

internal sealed class ValidateWebhookOptions : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> failures = [];
        foreach (var (key, value) in new[]
                 {
                     ("MaxParallel", options.MaxParallel), ("MaxParallelPerWebhook", options.MaxParallelPerWebhook),
                     ("MaxAttempts", options.MaxAttempts), ("StopAfter", options.StopAfter),
                 })
        {
            Require(value > 0, key, "a number above zero", value);
        }

        foreach (var (key, value) in new[]
                 {
                     ("LookEvery", options.LookEvery), ("Timeout", options.Timeout), ("FirstWait", options.FirstWait),
                     ("LongestWait", options.LongestWait), ("KeepFor", options.KeepFor),
                 })
        {
            Require(value > TimeSpan.Zero, key, "a time above zero", value);
        }

        Require(options.ClaimFor > options.Timeout, "ClaimFor", "a time longer than Timeout", options.ClaimFor);
        Require(AreNetworks(options), "AllowedNetworks", "addresses or networks such as 10.20.0.0/16, separated by commas", options.AllowedNetworks);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string key, string wanted, object value)
        {
            if (!holds)
            {
                failures.Add($"The setting '{WebhookOptions.Section}:{key}' is {value}. Set it to {wanted}.");
            }
        }
    }

    private static bool AreNetworks(WebhookOptions options)
    {
        try
        {
            return options.Networks is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
