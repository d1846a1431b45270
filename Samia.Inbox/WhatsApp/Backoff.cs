namespace Samia.Inbox.WhatsApp;

/// <summary>How long to wait before the next try.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>
    /// Doubles with each try, up to ten minutes or <paramref name="first"/>, a quarter shorter or longer by chance so
    /// that what failed together does not come back together. Never shorter than what WhatsApp asked for, up to an hour.
    /// </summary>
    /// <param name="attempts">Tries so far, at least one.</param>
    /// <param name="first">The wait after the first.</param>
    /// <param name="asked">The header Retry-After.</param>
    public static TimeSpan After(int attempts, TimeSpan first, TimeSpan? asked = null)
    {
        var longest = first > Longest ? first : Longest;
        var wait = TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Max(0, attempts - 1))));
        wait *= 0.75 + (Random.Shared.NextDouble() / 2);
        var least = asked > LongestAsked ? LongestAsked : asked ?? TimeSpan.Zero;
        return wait > least ? wait : least;
    }
}
