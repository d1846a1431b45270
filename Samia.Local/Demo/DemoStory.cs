using System.Text.Json.Nodes;
using Samia.Local.Simulator;

namespace Samia.Local.Demo;

/// <summary>What happened between one customer and a business.</summary>
/// <param name="Person">The customer.</param>
/// <param name="Steps">In their order.</param>
public sealed record DemoConversation(NewPhone Person, IReadOnlyList<DemoStep> Steps);

/// <summary>One thing that happened.</summary>
/// <param name="At">When; never in the future.</param>
public abstract record DemoStep(DateTimeOffset At);

/// <param name="At">When.</param>
/// <param name="Wamid">The message's id.</param>
/// <param name="Type">As in the Cloud API.</param>
/// <param name="Content">What stands under the type.</param>
/// <param name="ReplyTo">The wamid that it quotes.</param>
public sealed record CustomerWrites(DateTimeOffset At, string Wamid, string Type, JsonNode Content, string? ReplyTo) : DemoStep(At);

/// <param name="At">When.</param>
/// <param name="Wamid">Of the message reacted to.</param>
/// <param name="Emoji">What.</param>
public sealed record CustomerReacts(DateTimeOffset At, string Wamid, string Emoji) : DemoStep(At);

/// <summary>Something that an employee does, named by their first name.</summary>
public abstract record EmployeeStep(DateTimeOffset At, string Employee) : DemoStep(At);

/// <param name="At">When.</param>
/// <param name="Employee">First name.</param>
/// <param name="Wamid">The id that WhatsApp gives it.</param>
/// <param name="Text">What.</param>
/// <param name="Status">The last status that was reported.</param>
/// <param name="ErrorCode">Of a failed one.</param>
public sealed record EmployeeWrites(
    DateTimeOffset At, string Employee, string Wamid, string Text, ChatStatus Status, int? ErrorCode) : EmployeeStep(At, Employee);

public sealed record EmployeeNotes(DateTimeOffset At, string Employee, string Text) : EmployeeStep(At, Employee);

public sealed record EmployeeAssigns(DateTimeOffset At, string Employee, string To) : EmployeeStep(At, Employee);

public sealed record EmployeeResolves(DateTimeOffset At, string Employee) : EmployeeStep(At, Employee);

/// <summary>Opens the conversation without answering.</summary>
public sealed record EmployeeReads(DateTimeOffset At, string Employee) : EmployeeStep(At, Employee);

/// <summary>The conversations of a demo business; see <c>Stories/README.md</c> for how they are written.</summary>
public static class DemoStory
{
    /// <param name="business">Whose.</param>
    /// <param name="now">The story ends there.</param>
    /// <exception cref="FormatException">A line cannot be understood; named by file and number.</exception>
    public static IReadOnlyList<DemoConversation> Of(DemoBusiness business, DateTimeOffset now)
    {
        var file = business.Slug + ".txt";
        using var resource = typeof(DemoStory).Assembly.GetManifestResourceStream("Samia.Local.Demo.Stories." + file)
            ?? throw new FormatException($"There is no story {file}.");
        using var text = new StreamReader(resource);
        return new DemoStoryReader(business, file, now).Read(text);
    }
}
