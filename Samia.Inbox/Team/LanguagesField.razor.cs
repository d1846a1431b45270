using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Chooses the languages that somebody answers in.</summary>
public sealed partial class LanguagesField
{
    private int _round;

    /// <summary>BCP 47 tags.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Value { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> ValueChanged { get; set; }

    private Task ChangeAsync(IReadOnlyList<string> languages) => ValueChanged.InvokeAsync(languages);

    private async Task AddAsync(string? tag)
    {
        // A new field, with nothing in it.
        _round++;
        if (tag is not null && !Value.Contains(tag))
        {
            await ChangeAsync([.. Value, tag]);
        }
    }

    private Task<IEnumerable<string>> FindAsync(string? typed, CancellationToken cancellationToken) => Task.FromResult(
        SpokenLanguages.All.Except(Value).Where(tag => string.IsNullOrWhiteSpace(typed)
            || SpokenLanguages.NameOf(tag).Contains(typed.Trim(), StringComparison.CurrentCultureIgnoreCase)
            || SpokenLanguages.EnglishNameOf(tag).Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase)));
}
