using Microsoft.Playwright;

namespace Samia.Tests.EndToEnd;

/// <summary>Chromium's own authenticator, which keeps passkeys for a page as a laptop or a phone does.</summary>
public static class VirtualAuthenticator
{
    /// <param name="page">Whose browser has it.</param>
    /// <param name="verifies">Whether the person's finger, face or PIN is right.</param>
    public static async Task AddAsync(IPage page, bool verifies = true)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = verifies,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>From its next page on, the browser waits for the button to be pressed before it asks for a passkey.</summary>
    public static Task OfferNothingAsync(IPage page) =>
        page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
}
