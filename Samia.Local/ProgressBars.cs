using Spectre.Console;

namespace Samia.Local;

/// <summary>Shows how far long work is: bars on a terminal, few lines in a log.</summary>
internal sealed class ProgressBars
{
    private readonly ProgressContext _context;

    private ProgressBars(ProgressContext context) => _context = context;

    /// <summary>Shows the bars that the work makes, until it ends.</summary>
    public static Task RunAsync(Func<ProgressBars, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context => work(new ProgressBars(context)));

    /// <summary>A new bar, to be told how many are done so far.</summary>
    public IProgress<int> Bar(string what, long total)
    {
        var bar = new OneBar(_context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1)), isEmpty: total == 0);
        bar.Report(0);
        return bar;
    }

    private sealed class OneBar(ProgressTask task, bool isEmpty) : IProgress<int>
    {
        public void Report(int value) => task.Value = isEmpty ? task.MaxValue : value;
    }
}
