using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>What is said of a secret wherever one is shown.</summary>
internal static class WebhookSecretWords
{
    public static string Explanation(IStringLocalizer<Texts> texts) => texts["It is shown only this once. Your program checks by it that a call comes from Samia; how, the API's documentation says."];
}
