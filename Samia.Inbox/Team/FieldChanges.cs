using System.Text.Json;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Collects, for the activity log, what one change makes of the fields of its subject.</summary>
internal sealed class FieldChanges
{
    private readonly Dictionary<string, object?> _before = [];
    private readonly Dictionary<string, object?> _after = [];

    public bool Any => _before.Count > 0;

    /// <summary>Notes a field if it changes.</summary>
    /// <returns>Whether it does.</returns>
    public bool Note<T>(string field, T before, T after)
    {
        if (EqualityComparer<T>.Default.Equals(before, after))
        {
            return false;
        }

        (_before[field], _after[field]) = (before, after);
        return true;
    }

    /// <summary>Notes a set if something comes to it or goes.</summary>
    /// <returns>Whether it does.</returns>
    public bool NoteSet<T>(string field, IReadOnlyCollection<T> before, IReadOnlyCollection<T> after)
    {
        if (before.ToHashSet().SetEquals(after))
        {
            return false;
        }

        (_before[field], _after[field]) = (before.Order().ToList(), after.Order().ToList());
        return true;
    }

    public ActivityLog ToLog(string action, Guid subjectId, string subjectName, DateTimeOffset at) => new()
    {
        At = at, Action = action, SubjectId = subjectId, SubjectName = subjectName,
        Before = JsonSerializer.Serialize(_before), After = JsonSerializer.Serialize(_after),
    };
}
