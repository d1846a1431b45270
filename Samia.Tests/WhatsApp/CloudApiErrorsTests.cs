using Samia.Inbox.WhatsApp;
using static Samia.Inbox.WhatsApp.CloudApiAction;

namespace Samia.Tests.WhatsApp;

/// <summary>The table of the Cloud API's contract, line by line, against ours.</summary>
public sealed class CloudApiErrorsTests
{
    private static readonly (CloudApiAction Action, int[] Codes)[] Contract =
    [
        (Retry, [1, 2, 131000, 131016, 133004, 135000]),
        (SlowNumber, [4, 80007, 130429, 131048, 131057]),
        (SlowPair, [131056]),
        (PauseForToken, [0, 3, 10, 190, .. Enumerable.Range(200, 100), 131005]),
        (PauseForAccount, [368, 131031, 130497, 131042, 131045, 131064]),
        (Fail,
        [
            131047, 131026, 131021, 131030, 131037, 131049, 131050, 130472, 131062, 137000, 131008, 131009, 100, 131051,
            132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069,
        ]),
        (RetryOnce, [131052, 131053]),
    ];

    public static TheoryData<int, string> Codes => [.. Contract.SelectMany(line => line.Codes.Select(code => (code, $"{line.Action}")))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_of_the_contract_has_its_action_and_a_sentence_that_says_what_to_do(int code, string action)
    {
        // Not by the status: the code decides.
        var rule = CloudApiErrors.RuleOf(new CloudApiError(400, code));
        Assert.Equal(action, $"{rule.Action}");
        Assert.InRange(rule.Sentence.Length, 40, 250);
        Assert.EndsWith(".", rule.Sentence, StringComparison.Ordinal);
        Assert.True(rule.Sentence.Count(c => c is '.' or ';' or ':') > 1, $"{code}: says what happened and what to do");
        Assert.Equal(rule.Sentence, CloudApiErrors.SentenceFor(code, null));
    }

    [Fact]
    public void Codes_that_fail_a_message_at_once_each_have_a_sentence_of_their_own()
    {
        var sentences = Contract.Where(l => l.Action is Fail or RetryOnce).SelectMany(l => l.Codes)
            .Select(code => CloudApiErrors.SentenceFor(code, null)).ToList();
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Fact]
    public void Nothing_stands_in_the_table_that_the_contract_does_not_know() =>
        Assert.Empty(CloudApiErrorTable.Rules.Keys.Except(Contract.SelectMany(l => l.Codes)));

    [Theory]
    [InlineData(500, null, Retry)]
    [InlineData(503, 999999, Retry)]
    [InlineData(429, null, SlowNumber)]
    [InlineData(429, 999999, SlowNumber)]
    [InlineData(401, null, PauseForToken)]
    [InlineData(403, null, PauseForToken)]
    [InlineData(403, 999999, Fail)]
    [InlineData(400, 999999, Fail)]
    [InlineData(404, null, Fail)]
    [InlineData(500, 131026, Fail)]
    internal void Without_a_code_that_is_known_the_status_decides(int status, int? code, CloudApiAction action) =>
        Assert.Equal(action, CloudApiErrors.RuleOf(new CloudApiError(status, code)).Action);

    [Fact]
    public void An_unknown_error_that_Meta_calls_transient_is_tried_again() =>
        Assert.Equal(Retry, CloudApiErrors.RuleOf(new CloudApiError(400, 999999, IsTransient: true)).Action);

    [Fact]
    public void Metas_details_are_shown_where_they_name_the_field_and_for_unknown_codes()
    {
        Assert.EndsWith("WhatsApp says: text.body", CloudApiErrors.SentenceFor(131009, "text.body"), StringComparison.Ordinal);
        Assert.DoesNotContain("internal", CloudApiErrors.SentenceFor(131047, "internal"), StringComparison.Ordinal);
        Assert.Equal("something new", CloudApiErrors.SentenceFor(999999, "something new"));
        Assert.Null(CloudApiErrors.SentenceFor(null, null));
        Assert.InRange(CloudApiErrors.SentenceFor(131009, new string('x', 5000))!.Length, 300, 500);
        var unknown = CloudApiErrors.RuleOf(new CloudApiError(400, 999999));
        Assert.Contains("999999", unknown.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_double_vary_by_a_quarter_and_end_at_ten_minutes_or_at_what_WhatsApp_asks()
    {
        var first = TimeSpan.FromSeconds(2);
        for (var attempts = 1; attempts <= 30; attempts++)
        {
            var expected = Math.Min(600, 2 * Math.Pow(2, attempts - 1));
            Assert.InRange(Backoff.After(attempts, first).TotalSeconds, expected * 0.75, expected * 1.25);
        }

        Assert.True(Enumerable.Range(0, 20).Select(_ => Backoff.After(5, first)).Distinct().Count() > 10);
        Assert.Equal(90, Backoff.After(1, first, TimeSpan.FromSeconds(90)).TotalSeconds);
        Assert.Equal(3600, Backoff.After(1, first, TimeSpan.FromDays(9)).TotalSeconds);
    }
}
