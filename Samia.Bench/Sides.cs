using System.Diagnostics;

namespace Samia.Bench;

/// <summary>Measures two things in turns, so that whatever else the machine does meets both.</summary>
internal static class Sides
{
    /// <returns>The median duration of each side, in microseconds.</returns>
    public static async Task<(double Ours, double Theirs)> CompareAsync(
        Func<Task> ours, Func<Task> theirs, int rounds, CancellationToken cancellationToken)
    {
        var (a, b) = (new double[rounds], new double[rounds]);
        for (var i = -rounds / 4; i < rounds; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = await TimeAsync(ours);
            var second = await TimeAsync(theirs);
            if (i >= 0)
            {
                (a[i], b[i]) = (first, second);
            }
        }

        return (Median(a), Median(b));
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static async Task<double> TimeAsync(Func<Task> side)
    {
        var start = Stopwatch.GetTimestamp();
        await side();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
