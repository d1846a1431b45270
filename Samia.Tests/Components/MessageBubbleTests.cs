using Bunit;
using Samia.Data;
using Samia.Inbox.Conversations;

namespace Samia.Tests.Components;

public sealed class MessageBubbleTests
{
    private static readonly ThreadMessage Theirs = new(
        Guid.CreateVersion7(), null, "Good evening", ScreenContext.Now, MessageDirection.Inbound, MessageAuthor.Customer,
        MessageKind.Text, MessageStatus.Received);

    private static readonly ThreadMessage Ours = Theirs with
    {
        Body = "Welcome!", Direction = MessageDirection.Outbound, Author = MessageAuthor.Employee, Status = MessageStatus.Delivered,
    };

    [Fact]
    public async Task A_text_is_shown_as_it_was_written_and_never_as_markup()
    {
        await using var screen = new ScreenContext();
        var bubble = Render(screen, Theirs with { Body = "<b>two\nlines</b>" });

        Assert.Equal("<b>two\nlines</b>", bubble.Find(".text").TextContent);
        Assert.Empty(bubble.FindAll("b"));
        Assert.Equal("15:00", bubble.Find("time").TextContent);
        Assert.Empty(bubble.FindAll("[data-testid=ticks]"));
    }

    [Fact]
    public async Task Ours_names_its_author_and_its_ticks_tell_the_times()
    {
        await using var screen = new ScreenContext();
        var bubble = Render(screen, Ours with { DeliveredAt = ScreenContext.Now, ReadAt = ScreenContext.Now.AddMinutes(1), Status = MessageStatus.Read });

        Assert.Equal("Layal Saab", bubble.Find(".author").TextContent);
        Assert.Equal("read", bubble.Find("[data-testid=ticks]").GetAttribute("data-status"));
        Assert.Matches("^Delivered .*15:00:00, read .*15:01:00$", bubble.Find("[data-testid=ticks]").GetAttribute("title"));
    }

    [Fact]
    public async Task A_failure_says_why_and_offers_to_send_again()
    {
        await using var screen = new ScreenContext();
        Guid? again = null;
        var bubble = screen.Render<MessageBubble>(p => p
            .Add(b => b.Message, Ours with { Status = MessageStatus.Failed, ErrorText = "This number is not on WhatsApp." })
            .Add(b => b.Author, "Layal Saab").Add(b => b.CustomerName, "Maya Haddad").Add(b => b.Time, ScreenContext.Time)
            .Add(b => b.OnSendAgain, id => again = id));

        Assert.Contains("This number is not on WhatsApp.", bubble.Find("[data-testid=failure]").TextContent);
        await bubble.Find("[data-testid=send-again]").ClickAsync();
        Assert.Equal(Ours.Id, again);
    }

    [Fact]
    public async Task What_was_deleted_edited_reacted_to_and_answered_says_so()
    {
        await using var screen = new ScreenContext();
        Assert.Contains("Maya Haddad deleted this message", Render(screen, Theirs with { RevokedAt = ScreenContext.Now }).Markup);
        Assert.DoesNotContain("Good evening", Render(screen, Theirs with { RevokedAt = ScreenContext.Now }).Markup);
        Assert.Contains("edited", Render(screen, Theirs with { EditedAt = ScreenContext.Now }).Find("footer").TextContent);
        Assert.Equal("❤️", Render(screen, Theirs with { CustomerReaction = "❤️" }).Find(".reaction").TextContent);

        var answer = Render(screen, Theirs with { ReplyTo = new QuotedMessage(Ours.Id, "Welcome!", MessageKind.Text, MessageDirection.Outbound) });
        Assert.Contains("Welcome!", answer.Find("blockquote").TextContent);
        var unknown = Render(screen, Theirs with { ReplyTo = new QuotedMessage(null, null, null, null) });
        Assert.Contains("It is not in this inbox.", unknown.Find("blockquote").TextContent);
    }

    [Theory]
    [InlineData(MessageKind.Location, "Studio, Hamra", """{"type":"location","location":{"latitude":33.5,"longitude":35.5}}""", "mlat=33.5&amp;mlon=35.5")]
    [InlineData(MessageKind.Contacts, "Rana", """{"type":"contacts","contacts":[{"name":{"formatted_name":"Rana"},"phones":[{"phone":"+961 1"}]}]}""", "+961 1")]
    [InlineData(MessageKind.Document, "chart.pdf", """{"type":"document","document":{"filename":"chart.pdf"}}""", "chart.pdf")]
    [InlineData(MessageKind.Image, "my hand", """{"type":"image","image":{"id":"1"}}""", "Picture")]
    [InlineData(MessageKind.Voice, "", """{"type":"audio","audio":{"id":"1"}}""", "Voice message")]
    [InlineData(MessageKind.Unsupported, "", """{"type":"hologram","errors":[{"title":"Not known"}]}""", "What WhatsApp sent")]
    [InlineData(MessageKind.Unsupported, "", "[]", "Unsupported message")]
    [InlineData(MessageKind.Order, "2 × cards", """{"type":"order"}""", "2 × cards")]
    [InlineData(MessageKind.Template, "welcome", null, "welcome")]
    public async Task Every_kind_is_legible(MessageKind kind, string body, string? payload, string shown)
    {
        await using var screen = new ScreenContext();
        Assert.Contains(shown, Render(screen, Theirs with { Kind = kind, Body = body, Payload = payload }).Markup);
    }

    [Fact]
    public async Task A_note_is_told_apart_from_what_the_customer_sees()
    {
        await using var screen = new ScreenContext();
        var note = screen.Render<NoteBubble>(p => p
            .Add(n => n.Note, new ThreadNote(Guid.CreateVersion7(), ScreenContext.Layal.Id, "She prefers Thursdays", ScreenContext.Now))
            .Add(n => n.Author, "Layal Saab").Add(n => n.Time, ScreenContext.Time));

        Assert.Contains("Internal note", note.Find(".note-author").TextContent);
        Assert.Contains("Layal Saab", note.Find(".note-author").TextContent);
        Assert.Equal("She prefers Thursdays", note.Find(".note-text").TextContent);
    }

    private static IRenderedComponent<MessageBubble> Render(ScreenContext screen, ThreadMessage message) =>
        screen.Render<MessageBubble>(p => p.Add(b => b.Message, message).Add(b => b.Author, "Layal Saab")
            .Add(b => b.CustomerName, "Maya Haddad").Add(b => b.Time, ScreenContext.Time));
}
