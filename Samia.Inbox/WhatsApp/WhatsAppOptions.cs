using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.WhatsApp;

/// <summary>Where the Cloud API is. Section <c>WhatsApp</c>.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = "WhatsApp";

    /// <summary>Meta's Graph API, or what stands in its place, such as the simulator.</summary>
    public Uri BaseAddress { get; set; } = new("https://graph.facebook.com/");

    /// <summary>The version in the path of every call, such as <c>v24.0</c>. Meta keeps each for about two years.</summary>
    public string ApiVersion { get; set; } = "v24.0";

    /// <summary>The address of one number's endpoint.</summary>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="endpoint">Such as <c>messages</c>.</param>
    internal Uri EndpointOf(string phoneNumberId, string endpoint) => new(
        $"{BaseAddress.AbsoluteUri.TrimEnd('/')}/{ApiVersion}/{Uri.EscapeDataString(phoneNumberId)}/{endpoint}");
}

internal sealed partial class ValidateWhatsAppOptions : IValidateOptions<WhatsAppOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        List<string> failures = [];
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "" })
        {
            failures.Add($"The setting 'WhatsApp:BaseAddress' is '{options.BaseAddress}'. "
                + "Set it to an http or https address such as https://graph.facebook.com/.");
        }

        if (!Version().IsMatch(options.ApiVersion))
        {
            failures.Add($"The setting 'WhatsApp:ApiVersion' is '{options.ApiVersion}'. Set it to a version such as v24.0.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    [GeneratedRegex(@"^v\d+\.\d+$")]
    private static partial Regex Version();
}
