using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.Simulator;

public sealed class MisbehaviourTests : SimulatorTests
{
    protected override SimulatorOptions Options => base.Options with { SlowAnswerTakes = TimeSpan.FromMilliseconds(400) };

    [Theory]
    [InlineData(Misbehaviour.RateLimit, 429, 130429)]
    [InlineData(Misbehaviour.PairRateLimit, 400, 131056)]
    [InlineData(Misbehaviour.ExpiredToken, 401, 190)]
    [InlineData(Misbehaviour.ServerError, 500, 131000)]
    [InlineData(Misbehaviour.Outage, 503, 2)]
    public async Task A_call_is_refused_while_it_is_on_and_as_often_as_it_was_told(Misbehaviour misbehaviour, int status, int code)
    {
        var phone = await WriterAsync();
        Line.Misbehaviour.TurnOn(misbehaviour, times: 2);
        for (var i = 0; i < 2; i++)
        {
            var refused = await PostAsync(Text(phone));
            Assert.Equal((status, code), (refused.Status, refused.ErrorCode));
        }

        Assert.Equal(200, (await PostAsync(Text(phone))).Status);
        Line.Misbehaviour.TurnOn(misbehaviour);
        Assert.Equal(status, (await PostAsync(Text(phone))).Status);
        Line.Misbehaviour.TurnOff(misbehaviour);
        Assert.Equal(200, (await PostAsync(Text(phone))).Status);
    }

    [Theory]
    [InlineData(Misbehaviour.ClosedWindow, 131047)]
    [InlineData(Misbehaviour.NotOnWhatsApp, 131026)]
    public async Task What_Meta_finds_out_later_is_told_in_a_status_or_in_the_answer_if_asked_to(Misbehaviour misbehaviour, int code)
    {
        var phone = await WriterAsync();
        Line.Misbehaviour.TurnOn(misbehaviour);
        Assert.Equal(200, (await PostAsync(Text(phone))).Status);
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 1);
        Assert.Equal(code, (int)Inbox.Accepted[0].Status!["errors"]![0]!["code"]!);

        Line.Misbehaviour.TurnOn(Misbehaviour.FailInAnswer);
        var refused = await PostAsync(Text(phone));
        Assert.Equal((400, code), (refused.Status, refused.ErrorCode));
        await SettledAsync();
        Assert.Equal(["failed"], Inbox.Statuses);
    }

    [Fact]
    public async Task An_answer_that_is_lost_belongs_to_a_message_that_went_out()
    {
        var phone = await WriterAsync();
        Line.Misbehaviour.TurnOn(Misbehaviour.LostAnswer, times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Text(phone, "did it arrive?", callbackData: "ours")));
        await Eventually.TrueAsync(() => Inbox.Statuses.Count == 2);
        Assert.Equal("ours", (string)Inbox.Accepted[0].Status!["biz_opaque_callback_data"]!);
        Assert.Equal("did it arrive?", phone.Messages[^1].Text);
        Assert.Equal(200, (await PostAsync(Text(phone))).Status);
    }

    [Fact]
    public async Task A_slow_answer_comes_in_the_end()
    {
        var phone = await WriterAsync();
        Line.Misbehaviour.TurnOn(Misbehaviour.SlowAnswers, times: 1);
        var watch = Stopwatch.StartNew();
        Assert.Equal(200, (await PostAsync(Text(phone))).Status);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(390));
    }

    [Fact]
    public async Task A_duplicate_is_the_same_webhook_again()
    {
        Line.Misbehaviour.TurnOn(Misbehaviour.DuplicateDeliveries);
        await Simulator.WriteAsync(Line.AddPhone(NewPhone.WithNumber("Rana", "96170123456")), "once");
        Assert.Equal(2, Inbox.Accepted.Count);
        Assert.Equal(Inbox.Accepted[0].Bytes, Inbox.Accepted[1].Bytes);
    }

    [Fact]
    public async Task Out_of_order_the_later_webhook_comes_first()
    {
        var phone = Line.AddPhone(NewPhone.WithNumber("Rana", "96170123456"));
        Line.Misbehaviour.TurnOn(Misbehaviour.OutOfOrderDeliveries, times: 1);
        await Task.WhenAll(Simulator.WriteAsync(phone, "first"), Simulator.WriteAsync(phone, "second"));
        await Simulator.WriteAsync(phone, "third");
        Assert.Equal(["second", "first", "third"], Inbox.Accepted.Select(w => (string)w.Message!["text"]!["body"]!));
    }

    [Fact]
    public async Task During_an_outage_nothing_is_delivered_and_afterwards_all_of_it_in_order()
    {
        var phone = Line.AddPhone(NewPhone.WithNumber("Rana", "96170123456"));
        Line.Misbehaviour.TurnOn(Misbehaviour.Outage);
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Simulator.WriteAsync(phone, $"{i}")));
        Assert.Equal(503, (await PostAsync(Text(phone))).Status);
        Assert.Empty(Inbox.Caught);
        Assert.Equal(ChatStatus.Sent, phone.Messages[0].Status);

        Line.Misbehaviour.TurnOff(Misbehaviour.Outage);
        await writing;
        Assert.Equal(["0", "1", "2", "3"], Inbox.Accepted.Select(w => (string)w.Message!["text"]!["body"]!));
        Assert.Equal(ChatStatus.Delivered, phone.Messages[0].Status);
    }

    [Fact]
    public async Task The_switches_can_be_set_over_HTTP()
    {
        var body = new JsonObject { ["serverError"] = 3, ["slowAnswers"] = true, ["outage"] = false };
        using var response = await Http.PutAsJsonAsync("/simulator/api/lines/555/misbehaviour", body, Cancellation);
        response.EnsureSuccessStatusCode();
        var line = (await GetAsync("/simulator/api/lines"))[0]!;
        Assert.Equal((3, true), ((int)line["misbehaviour"]!["serverError"]!, (bool)line["misbehaviour"]!["slowAnswers"]!));
        Assert.Equal(3, Line.Misbehaviour.All()[Misbehaviour.ServerError]);
        Assert.False(Line.Misbehaviour.IsOn(Misbehaviour.Outage));
    }
}
