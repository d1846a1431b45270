using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>The program is killed while it works. WhatsApp goes on and delivers again.</summary>
[Collection(typeof(BrowserTests))]
public sealed class CrashTests(InboxUnderTest inbox)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_in_a_storm_of_messages_loses_none_and_repeats_none()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var line = inbox.Connect(business);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var phones = Enumerable.Range(0, 8).Select(i => line.AddPhone(
            NewPhone.WithNumber($"Customer {i}", $"9617010{i:D4}"))).ToList();

        var storm = Task.WhenAll(phones.Select(async phone =>
        {
            for (var i = 0; i < 10; i++)
            {
                await inbox.WhatsApp.WriteAsync(phone, $"message {i}");
            }
        }));
        await Eventually.TrueAsync(async () => await desk.ReadAsync(db => db.Messages.CountAsync(Cancellation)) >= 10);
        await inbox.Kill().EndAsync();
        await storm.WaitAsync(TimeSpan.FromSeconds(120), Cancellation);

        await Eventually.TrueAsync(async () => await desk.ReadAsync(db => db.Messages.CountAsync(Cancellation)) == 80, seconds: 60);
        var threads = await desk.ReadAsync(db => db.Messages.OrderBy(m => m.Id).ToListAsync(Cancellation));
        Assert.All(threads.GroupBy(m => m.ConversationId), thread => Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"message {i}"), thread.Select(m => m.Body)));
        Assert.All(await desk.ReadAsync(db => db.Conversations.ToListAsync(Cancellation)), c => Assert.Equal(10, c.UnreadCount));
    }

    [Theory]
    [InlineData(Misbehaviour.LostAnswer)]
    [InlineData(Misbehaviour.SlowAnswers)]
    public async Task A_crash_between_a_call_and_its_answer_loses_nothing_and_sends_nothing_twice(Misbehaviour misbehaviour)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var line = inbox.Connect(business);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var maya = line.AddPhone(NewPhone.WithNumber("Maya Haddad", WhatsApp.Bodies.NewNumber()));
        await inbox.WhatsApp.WriteAsync(maya, "hello");
        await Eventually.TrueAsync(async () => await desk.ReadAsync(db => db.Conversations.AnyAsync(Cancellation)));
        var conversation = await desk.ReadAsync(db => db.Conversations.Select(c => c.Id).SingleAsync(Cancellation));

        // WhatsApp took the first message, and the program dies before it hears of it: or of the second, not even taken.
        line.Misbehaviour.TurnOn(misbehaviour);
        await desk.Get<Sender>().SendTextAsync(conversation, "one", Guid.NewGuid(), Cancellation);
        await desk.Get<Sender>().SendTextAsync(conversation, "two", Guid.NewGuid(), Cancellation);
        await Eventually.TrueAsync(() => maya.Messages.Any(m => m.Text == "one"));
        await using var outage = inbox.Kill();
        line.Misbehaviour.TurnOff(misbehaviour);
        await outage.EndAsync();

        await Eventually.TrueAsync(async () => await desk.ReadAsync(db => db.Messages
            .CountAsync(m => m.Direction == MessageDirection.Outbound && m.Status == MessageStatus.Delivered, Cancellation)) == 2, seconds: 120);
        Assert.Equal(["one", "two"], maya.Messages.Where(m => !m.FromCustomer).Select(m => m.Text));
        Assert.False(await desk.ReadAsync(db => db.Outbox.AnyAsync(o => o.Kind == OutboxKind.SendMessage, Cancellation)));
    }
}
