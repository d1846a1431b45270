using System.Net;
using System.Text.RegularExpressions;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A visitor's second step: their app, and the recovery codes that they were shown.</summary>
public sealed partial record SecondStep(Totp App, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Of somebody who is signed in.</summary>
    public static Task<SecondStep> SetUpAsync(WebVisitor visitor) => SetUpAsync(visitor, AccountSecondStepPage.Address);

    /// <param name="visitor">Who.</param>
    /// <param name="page">The page that shows the key.</param>
    public static async Task<SecondStep> SetUpAsync(WebVisitor visitor, string page)
    {
        var app = new Totp(KeyOn(await visitor.ReadAsync(page)));
        // Codes that a later sign-in may take are left.
        using var response = await visitor.SubmitFormAsync(page, "authenticator", ("code", app.Code(-1)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await WebVisitor.ProblemOf(response));
        var codes = CodesOn(await WebVisitor.TextOf(response));
        Assert.Equal(Authenticator.RecoveryCodeCount, codes.Count);
        return new SecondStep(app, codes);
    }

    public static string KeyOn(string page) => Key().Match(page).Groups["key"].Value;

    public static IReadOnlyList<string> CodesOn(string page) =>
        [.. Code().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups["code"].Value))];

    [GeneratedRegex("data-testid=\"authenticator-key\"[^>]*>(?<key>[A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li[^>]*><code[^>]*>(?<code>[^<]+)</code>")]
    private static partial Regex Code();
}
