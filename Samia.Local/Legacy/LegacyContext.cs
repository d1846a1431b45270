using System.Security.Cryptography;
using System.Text;
using Samia.Data;

namespace Samia.Local.Legacy;

/// <summary>What reading a row needs to know beside the row.</summary>
/// <param name="Source">The old database: see <see cref="LegacySource.Identity"/>.</param>
/// <param name="Now">When the import runs.</param>
internal sealed record LegacyContext(string Source, DateTimeOffset Now)
{
    /// <summary>
    /// The id that a row has here. The same row of the same source has the same whenever it is asked for, which is what
    /// makes the import safe to repeat.
    /// </summary>
    /// <param name="table">The old table.</param>
    /// <param name="key">What names the row in it.</param>
    /// <param name="at">When it came to be, for the time in the id; null if that is not known.</param>
    /// <param name="place">Orders what is of one millisecond.</param>
    public Guid IdOf(string table, string key, DateTimeOffset? at, int place = 0) => MessageIds.Kept(
        at ?? DateTimeOffset.UnixEpoch, place, SHA256.HashData(Encoding.UTF8.GetBytes($"{Source}\n{table}\n{key}")));
}
