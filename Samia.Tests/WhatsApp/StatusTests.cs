using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Statuses against a message that an employee sent. There is no dispatcher's answer: the tests give it.</summary>
public sealed class StatusTests(TestServers servers) : InboundTests(servers)
{
    public static TheoryData<string[], MessageStatus> Orders => new()
    {
        { ["sent", "delivered", "read"], MessageStatus.Read },
        { ["read", "delivered", "sent"], MessageStatus.Read },
        { ["read"], MessageStatus.Read },
        { ["sent", "failed"], MessageStatus.Failed },
        { ["failed", "sent"], MessageStatus.Failed },
        { ["delivered", "failed"], MessageStatus.Delivered },
        { ["delivered", "played", "read"], MessageStatus.Played },
        { ["sent", "warning", "novel"], MessageStatus.Sent },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_status_never_moves_a_message_backwards(string[] statuses, MessageStatus expected)
    {
        foreach (var early in (bool[])[false, true])
        {
            var (id, wamid) = (await QueueAsync(), Bodies.NewWamid());
            if (!early)
            {
                await SentAsync(id, wamid);
            }

            await Meta.DeliverAsync([.. statuses.Select(s => Bodies.Of(Business, Bodies.Status(wamid, s,
                error: s == "failed" ? """[{"code":131026,"title":"Message undeliverable"}]""" : null)))]);
            if (early)
            {
                await SentAsync(id, wamid);
            }

            var message = Assert.Single(await Meta.MessagesAsync(), m => m.Id == id);
            Assert.Equal(expected, message.Status);
            Assert.Equal(expected == MessageStatus.Failed, message.ErrorText is not null);
        }
    }

    [Fact]
    public async Task A_status_that_brings_our_id_stands_in_for_a_lost_answer()
    {
        var (id, wamid) = (await QueueAsync(), Bodies.NewWamid());
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status(wamid, "delivered", ours: id)));
        var message = Assert.Single(await Meta.MessagesAsync(), m => m.Id == id);
        Assert.Equal((wamid, MessageStatus.Delivered), (message.Wamid, message.Status));
        Assert.Equal(0, await Meta.CountAsync("outbox"));
        await SentAsync(id, wamid);
        Assert.Equal(MessageStatus.Delivered, Assert.Single(await Meta.MessagesAsync(), m => m.Id == id).Status);
    }

    [Fact]
    public async Task A_status_for_a_message_that_never_was_ours_is_held_and_harms_nothing()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status("wamid.NOBODYS", "read", ours: Guid.NewGuid())));
        Assert.Equal(1, await Meta.CountAsync("held_events"));
        Assert.Equal(0, await Meta.CountAsync("webhook_logs", "status <> 'done'"));
    }

    private async Task<Guid> QueueAsync()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text("96170123456", "hello")));
        // The business's sending is paused, so that the dispatcher leaves the message to the test.
        await Inbox.Database.ExecuteAsync("update businesses set sending_paused_at = now() where id = $1", Business.Id);
        var conversation = Assert.Single(await Meta.ConversationsAsync());
        await using var scope = Inbox.Services.CreateTenantScope(Business.Id, Business.EmployeeIds["Agent"]);
        return await scope.ServiceProvider.GetRequiredService<Sender>()
            .SendTextAsync(conversation.Id, "answer", Guid.NewGuid(), Cancellation);
    }

    private async Task SentAsync(Guid messageId, string wamid)
    {
        await using var scope = Inbox.Services.CreateTenantScope(Business.Id);
        await scope.ServiceProvider.GetRequiredService<SendOutcome>().SentAsync(messageId, wamid, Cancellation);
    }
}
