using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>What somebody may see of the conversations is said in one place, and whatever reads them asks there.</summary>
public sealed partial class SightTests
{
    // Who reads conversations without asking what somebody sees. A new line here is a decision: say why nobody is shown anything.
    private static readonly Dictionary<string, string> NeedNotAsk = new()
    {
        ["Samia.Inbox/Conversations/Intake.cs"] = "takes in what webhooks tell",
        ["Samia.Inbox/Conversations/ConversationMerge.cs"] = "a part of taking in",
        ["Samia.Inbox/Conversations/SendOutcome.cs"] = "the dispatcher's, of a message that it has sent",
        ["Samia.Inbox/Conversations/OutgoingMessages.cs"] = "the dispatcher's, of a message that it is to send",
        ["Samia.Inbox/Conversations/Handback.cs"] = "takes from whoever has left, and shows nothing",
        ["Samia.Inbox/Conversations/Workloads.cs"] = "counts for whoever shares out the work",
        ["Samia.Inbox/Conversations/ConversationRows.cs"] = "what the others lock rows with",
        ["Samia.Inbox/Conversations/ConversationListSql.cs"] = "the statements of ConversationList, which asks",
        ["Samia.Inbox/Conversations/ConversationSearch.cs"] = "demands the permission to see every conversation",
        ["Samia.Inbox/Platform/BusinessMeasuring.cs"] = "counts for the operator's list",
    };

    private static readonly IReadOnlyList<SourceFile> Files = Sources.Of("Samia.Inbox", ".cs", ".razor");

    [Fact]
    public void Whatever_reads_conversations_asks_what_is_seen()
    {
        var careless = Files.Where(f => Reads(f.Code) && !Asks(f.Code)).Select(f => f.Path).Except(NeedNotAsk.Keys);
        Assert.True(!careless.Any(), string.Join('\n', careless));
    }

    [Fact]
    public void Every_reason_is_needed_still() =>
        Assert.Empty(NeedNotAsk.Keys.Except(Files.Where(f => Reads(f.Code) && !Asks(f.Code)).Select(f => f.Path)));

    [Theory]
    [InlineData("await db.Messages.Where(m => m.Id == id)", true)]
    [InlineData("select body from messages where conversation_id = $1", true)]
    [InlineData("update conversations set status = 'open'", true)]
    [InlineData("db.MessageTemplates.Count()", false)]
    public void What_reads_them_is_found(string code, bool reads) => Assert.Equal(reads, Reads(code));

    private static bool Reads(string code) => Table().IsMatch(code);

    private static bool Asks(string code) => code.Contains("ConversationSight", StringComparison.Ordinal)
        || code.Contains("VisibleConversations", StringComparison.Ordinal);

    [GeneratedRegex("""
        \bdb\.(Conversations|Messages|InternalNotes|ConversationDrafts|ConversationAssignments|ConversationLabels)\.
        |\b(from|join|into|update)\ (conversations|messages|internal_notes|conversation_drafts|conversation_assignments|conversation_labels)\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Table();
}
