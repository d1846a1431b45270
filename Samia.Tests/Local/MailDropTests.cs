using System.Collections.Concurrent;
using Samia.Local.Up;
using Samia.Tests.Mail;
using Samia.Tests.Support;

namespace Samia.Tests.Local;

public sealed class MailDropTests(TestServers servers)
{
    [Fact]
    public async Task Each_new_mail_is_printed_with_its_link_and_an_old_or_a_broken_one_harms_nobody()
    {
        var folder = Directory.CreateTempSubdirectory("samia-mail-").FullName;
        await using var node = await MailNode.StartAsync(servers, database: null, ("Mail:DropFolder", folder));
        await node.QueueAsync(MailNode.NewMail("old@example.test"));
        await node.EmptyAsync();
        var printed = new ConcurrentQueue<string>();
        await using (MailDrop.Watch(folder, printed.Enqueue))
        {
            await node.QueueAsync(MailNode.NewMail(), MailNode.NewMail("rana@example.test", "دعوة", "ar"));
            await Eventually.TrueAsync(() => printed.Count == 2);
            await File.WriteAllTextAsync(Path.Combine(folder, "broken.eml"), "", TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => printed.Count == 3);
        }

        Assert.Equal($"\n  E-mail to maya@example.test: You are invited\n  https://inbox.samia.test/invitation?secret={MailNode.Secret}", printed.First());
        Assert.Contains("E-mail to rana@example.test: دعوة", printed.ElementAt(1));
        Assert.Contains("broken.eml", printed.Last());
        Directory.Delete(folder, recursive: true);
    }
}
