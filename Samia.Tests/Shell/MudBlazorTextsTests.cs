using System.Collections;
using System.Globalization;
using System.Resources;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Samia.Inbox.Shell;
using Samia.Tests.Architecture;

namespace Samia.Tests.Shell;

public sealed class MudBlazorTextsTests
{
    [Fact]
    public void Only_words_that_the_kit_has_are_translated()
    {
        var translated = XDocument.Load(Path.Combine(Sources.Root, "Samia.Inbox/Shell/MudBlazor.ar.resx"))
            .Root!.Elements("data").Select(d => (string)d.Attribute("name")!);
        var own = new ResourceReader(typeof(MudDialog).Assembly.GetManifestResourceStream("MudBlazor.Resources.LanguageResource.resources")!)
            .Cast<DictionaryEntry>().Select(e => (string)e.Key);
        Assert.Empty(translated.Except(own));
    }

    [Theory]
    [InlineData("en", "Close")]
    [InlineData("ar", "إغلاق")]
    public void The_kit_speaks_the_language_of_the_screen(string language, string close)
    {
        CultureInfo.CurrentUICulture = Language.Find(language)!.Culture;
        using var services = new ServiceCollection().AddLogging().AddLocalization().AddTransient<MudLocalizer, MudBlazorTexts>()
            .AddTransient<ILocalizationInterceptor, DefaultLocalizationInterceptor>().BuildServiceProvider();
        Assert.Equal(close, services.GetRequiredService<ILocalizationInterceptor>().Handle("MudDialog_Close").Value);
    }
}
