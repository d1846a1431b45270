using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Tests.Mail;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class MailTests(InboxUnderTest inbox)
{
    [Fact]
    public async Task A_mail_that_another_node_queued_while_the_program_was_dead_goes_out_when_it_lives()
    {
        await using var outage = inbox.Kill();
        await using (var db = await inbox.Arrange.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await inbox.Arrange.Get<Mailer>().QueueAsync(db, MailNode.NewMail("away@example.test"), TestContext.Current.CancellationToken);
        }

        await outage.EndAsync();
        Assert.Contains(MailNode.Secret, (await inbox.MailToAsync("away@example.test")).TextBody);
    }
}
