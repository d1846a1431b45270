using Microsoft.Extensions.Options;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>How plans are paid. Section <c>Stripe</c>; without the two keys nothing can be paid, and all else works.</summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    /// <summary>Starts with <c>sk_</c>, or <c>rk_</c> for a restricted one.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Of the webhook's endpoint; starts with <c>whsec_</c>.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Stripe's API, or what stands in its place.</summary>
    public Uri ApiBase { get; set; } = new("https://api.stripe.com");

    /// <summary>For one try of a call; a failed one is tried twice more.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public bool IsOn => !string.IsNullOrWhiteSpace(SecretKey) && !string.IsNullOrWhiteSpace(WebhookSecret);
}

internal sealed class ValidateStripeOptions(IConfiguration configuration) : IValidateOptions<StripeOptions>
{
    // Never a value: it may be a key in the wrong place.
    public ValidateOptionsResult Validate(string? name, StripeOptions options)
    {
        List<string> failures = [];
        if (string.IsNullOrWhiteSpace(options.SecretKey) != string.IsNullOrWhiteSpace(options.WebhookSecret))
        {
            var missing = string.IsNullOrWhiteSpace(options.SecretKey) ? nameof(options.SecretKey) : nameof(options.WebhookSecret);
            failures.Add($"The setting 'Stripe:{missing}' is missing. Set both 'Stripe:SecretKey' and 'Stripe:WebhookSecret', or neither.");
        }

        if (options.ApiBase is not { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" }
            || (options.ApiBase.Scheme != Uri.UriSchemeHttps && !options.ApiBase.IsLoopback))
        {
            failures.Add("The setting 'Stripe:ApiBase' will not do. Remove it, or set it to an https address: the key travels there.");
        }

        if (options.CallTimeout <= TimeSpan.Zero)
        {
            failures.Add("The setting 'Stripe:CallTimeout' will not do. Set it to a time above zero.");
        }

        if (options.IsOn && string.IsNullOrEmpty(configuration[PublicAddress.Setting]))
        {
            failures.Add($"The setting '{PublicAddress.Setting}' is missing. Stripe leads people back to it: set it to the address that people type.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
