using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using MimeKit;
using Samia.Inbox.Mail;
using Samia.Tests.EndToEnd;

namespace Samia.Tests.Mail;

public sealed class MailRendererTests(Browser browser)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("0199aa00-0000-7000-8000-000000000001");

    private static readonly MailMessage Arabic = new("rana@example.test", "دعوة إلى سامية تاروت",
        ["تدعوك ليال صعب إلى العمل معها في صندوق الوارد لدى سامية تاروت.", "تنتهي صلاحية هذا الرابط بعد سبعة أيام."],
        "قبول الدعوة", new Uri("https://inbox.samia.test/invitation?secret=kJ8v"), "ar");

    [Fact]
    public void Names_and_words_are_text_and_never_markup()
    {
        var mail = Render(MailNode.NewMail(subject: "<b>Bold</b> & Co") with
        {
            Paragraphs = ["<script>alert(1)</script>"], ActionText = "\"Quoted\"", ActionLink = new Uri("https://inbox.samia.test/?a=1&b=\"2\""),
        });
        Assert.DoesNotContain("<script", mail.HtmlBody);
        Assert.DoesNotContain("<b>", mail.HtmlBody);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", mail.HtmlBody);
        Assert.Contains("href=\"https://inbox.samia.test/?a=1&amp;b=%222%22\"", mail.HtmlBody);
        Assert.Contains("<script>alert(1)</script>", mail.TextBody);
    }

    [Fact]
    public void An_Arabic_mail_is_Arabic_throughout_whatever_language_its_sender_works_in()
    {
        var before = CultureInfo.CurrentUICulture;
        var mail = Render(Arabic);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", mail.HtmlBody);
        Assert.Contains("إذا لم يعمل الزر", mail.HtmlBody);
        Assert.Contains("أرسلت سامية هذه الرسالة إلى rana@example.test", mail.TextBody);
        Assert.Equal("دعوة إلى سامية تاروت", mail.Subject);
        Assert.Equal(before, CultureInfo.CurrentUICulture);
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("fr")]
    [InlineData("")]
    public void What_Samia_does_not_speak_is_English(string language) =>
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", Render(MailNode.NewMail(language: language)).HtmlBody);

    [Fact]
    public void No_header_can_be_added_by_a_subject() =>
        Assert.Equal("Hello Bcc: everybody@example.test", Reread(Render(MailNode.NewMail(subject: "Hello\r\nBcc: everybody@example.test"))).Subject);

    [Fact]
    public void Each_try_is_the_same_mail_and_no_program_answers_it()
    {
        var (one, two) = (Reread(Render(MailNode.NewMail())), Reread(Render(MailNode.NewMail())));
        Assert.Equal($"{Id}@samia.test", one.MessageId);
        Assert.Equal((one.MessageId, one.Date), (two.MessageId, two.Date));
        Assert.Equal("auto-generated", one.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(Noon, one.Date);
    }

    [Fact]
    public void A_mail_that_asks_for_nothing_has_no_button()
    {
        var mail = Render(MailNode.NewMail() with { ActionText = null, ActionLink = null });
        Assert.DoesNotContain("<a ", mail.HtmlBody);
        Assert.DoesNotContain("http", mail.TextBody);
    }

    [Theory]
    [InlineData("en", 1280)]
    [InlineData("en", 390)]
    [InlineData("ar", 1280)]
    [InlineData("ar", 390)]
    public async Task A_mail_fits_a_screen_and_a_phone(string language, int width)
    {
        var page = await browser.NewPersonAsync(new Uri("http://127.0.0.1"), width, 700);
        await page.SetContentAsync(Render(language == "ar" ? Arabic : MailNode.NewMail()).HtmlBody!);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await Screens.TakeAsync(page, $"mail-{language}-{width}");
    }

    private static MimeMessage Render(MailMessage message)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return new MailRenderer(services.GetRequiredService<IStringLocalizer<Texts>>(),
            Options.Create(new MailOptions { From = "Samia <no-reply@samia.test>" })).Render(Id, message, Noon);
    }

    private static MimeMessage Reread(MimeMessage mail)
    {
        using var stream = new MemoryStream();
        mail.WriteTo(stream, TestContext.Current.CancellationToken);
        stream.Position = 0;
        return MimeMessage.Load(stream, TestContext.Current.CancellationToken);
    }
}
