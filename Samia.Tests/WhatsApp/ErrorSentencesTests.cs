using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Samia.Inbox.Shell;
using Samia.Inbox.WhatsApp;

namespace Samia.Tests.WhatsApp;

public sealed class ErrorSentencesTests
{
    private static readonly ErrorSentences Sentences = new(new StringLocalizer<Samia.Inbox.WhatsApp.Texts>(new ResourceManagerStringLocalizerFactory(
        Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));

    [Fact]
    public void Every_rule_is_said_in_the_language_of_whoever_reads_it()
    {
        CultureInfo.CurrentUICulture = Language.Find("ar")!.Culture;
        Assert.All(CloudApiErrorTable.Rules.Values, rule => Assert.True(IsArabic(Sentences.Say(rule.Sentence)), rule.Sentence));
    }

    [Theory]
    [InlineData(100, "Invalid parameter", "Invalid parameter")]
    [InlineData(131026, "Not deliverable", null)]
    [InlineData(987654, "Something new", "Something new")]
    public void Metas_own_words_stay_as_they_are(int code, string details, string? shown)
    {
        var error = new CloudApiError(400, code, details);
        var stored = CloudApiErrors.Sentence(CloudApiErrors.RuleOf(error), details);
        Assert.Equal(stored, Sentences.Say(stored));

        CultureInfo.CurrentUICulture = Language.Find("ar")!.Culture;
        var said = Sentences.Say(stored);
        Assert.True(IsArabic(said), said);
        Assert.Equal(shown is not null, said.EndsWith(details, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_that_are_not_ours_are_repeated()
    {
        CultureInfo.CurrentUICulture = Language.Find("ar")!.Culture;
        Assert.Equal("Recipient is 5 meters away", Sentences.Say("Recipient is 5 meters away"));
    }

    private static bool IsArabic(string text) => text[0] is >= '\u0600' and <= '\u06ff';
}
