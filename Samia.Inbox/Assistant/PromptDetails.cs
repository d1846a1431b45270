using Samia.Data;

namespace Samia.Inbox.Assistant;

/// <summary>What the assistant is told for one purpose in one language.</summary>
/// <param name="Language">A BCP 47 tag.</param>
/// <param name="PublishedVersion">The number of the version that the assistant uses; null while none is published.</param>
/// <param name="PublishedBody">What that version says.</param>
public sealed record PromptDetails(
    Guid Id, PromptKind Kind, string Language, string Name, int? PublishedVersion, string? PublishedBody, DateTimeOffset CreatedAt);

/// <summary>One text of a prompt. It never changes: an edit is the next one.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="AuthorId">The employee who wrote it; null if a program did.</param>
public sealed record PromptVersionDetails(int Number, string Body, Guid? AuthorId, DateTimeOffset CreatedAt);

/// <summary>What a new prompt is to be.</summary>
/// <param name="Body">Its first version; nothing is published yet.</param>
public sealed record NewPrompt(PromptKind Kind, string Language, string Name, string Body);
