using System.Text.Json.Nodes;
using Samia.Data;
using Samia.Tests.Architecture;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Real bodies, each delivered as it is but for the ids that stand for the test's own business and message.</summary>
public sealed class SampleReplayTests(TestServers servers) : InboundTests(servers)
{
    private static readonly string Samples = Path.Combine(Sources.Root, "..", "shared", "whatsapp", "samples");

    [Fact]
    public async Task Every_sample_ends_as_the_right_rows()
    {
        Assert.SkipUnless(Directory.Exists(Samples), "The samples are in ../shared, which this clone does not have.");
        var files = Directory.GetFiles(Samples, "*.json").Order().ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await ReplayAsync(Path.GetFileNameWithoutExtension(file), JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!);
        }

        Assert.Equal(files.Count, await Meta.CountAsync("webhook_logs", "status = 'done'"));
        Assert.Equal(files.Count, await Meta.CountAsync("webhook_logs"));
    }

    private async Task ReplayAsync(string name, JsonNode body)
    {
        var (wamid, target) = (Bodies.NewWamid(), Bodies.NewWamid());
        var kind = name[..name.IndexOf("--", StringComparison.Ordinal)];
        foreach (var entry in body["entry"]!.AsArray())
        {
            entry!["id"] = Business.WabaId;
            foreach (var value in entry["changes"]!.AsArray().Select(c => c!["value"]!))
            {
                if (value["metadata"] is { } metadata)
                {
                    metadata["phone_number_id"] = Business.PhoneNumberId;
                }

                foreach (var item in (string[])["messages", "message_echoes", "statuses"])
                {
                    foreach (var message in value[item]?.AsArray() ?? [])
                    {
                        message!["id"] = wamid;
                        Retarget(message, target);
                    }
                }
            }
        }

        var before = (await Meta.MessagesAsync()).Count;
        await Meta.DeliverAsync(body.ToJsonString());
        var messages = await Meta.MessagesAsync();
        var held = await Meta.CountAsync("held_events", $"target_wamid in ('{wamid}', '{target}')");
        switch (kind)
        {
            case "message-status":
                Assert.True(held == 1, $"{name}: the status waits for its message");
                break;
            case "edited-message" or "outgoing-message" when body.ToJsonString().Contains("original_message_id", StringComparison.Ordinal):
                Assert.True(held == 1, $"{name}: the change waits for its message");
                break;
            case "message" when name.Contains("reaction", StringComparison.Ordinal):
                Assert.True(held == 1, $"{name}: the reaction waits for its message");
                break;
            case "message" or "system" or "callback-button" or "callback-selection" or "flow-completion"
                or "outgoing-message" or "call-permission-update" or "edited-message":
                var message = Assert.Single(messages, m => m.Wamid == wamid);
                Assert.Equal(kind == "outgoing-message" ? MessageDirection.Outbound : MessageDirection.Inbound, message.Direction);
                Assert.Equal(name.Contains("unsupported", StringComparison.Ordinal), message.Kind == MessageKind.Unsupported);
                break;
            default:
                Assert.True(before == messages.Count && held == 0, $"{name}: belongs into no thread");
                break;
        }
    }

    private static void Retarget(JsonNode message, string target)
    {
        foreach (var (holder, name) in (ReadOnlySpan<(string, string)>)
            [("reaction", "message_id"), ("edit", "original_message_id"), ("revoke", "original_message_id")])
        {
            if (message[holder]?[name] is not null)
            {
                message[holder]![name] = target;
            }
        }
    }
}
