using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;
using Samia.Tests.Architecture;

namespace Samia.Tests.Components;

public sealed class WorkingComponentTests : BunitContext
{
    [Fact]
    public async Task What_is_refused_is_said_until_the_next_try_and_what_fails_is_the_boundarys()
    {
        var worker = Render<Worker>();
        await worker.Instance.DoAsync(() => throw new TeamRefusedException("Choose another name."));
        Assert.Equal("Choose another name.", worker.Instance.Said);
        await worker.Instance.DoAsync(() => throw new ArgumentException("Write something."));
        Assert.Equal("Write something.", worker.Instance.Said);
        await worker.Instance.DoAsync(() => Task.CompletedTask);
        Assert.Null(worker.Instance.Said);
        await Assert.ThrowsAsync<ArgumentNullException>(() => worker.Instance.DoAsync(() => throw new ArgumentNullException("name")));
    }

    [Fact]
    public async Task It_is_busy_while_it_works()
    {
        var (worker, until) = (Render<Worker>(), new TaskCompletionSource());
        var working = worker.Instance.DoAsync(() => until.Task);
        Assert.True(worker.Instance.Works);
        until.SetResult();
        await working;
        Assert.False(worker.Instance.Works);
    }

    [Fact]
    public async Task What_it_still_waited_for_when_somebody_left_breaks_nothing_of_the_next_page()
    {
        var until = new TaskCompletionSource();
        var shown = Render<Pages>(p => p.Add(x => x.Until, until.Task));
        shown.Render(p => p.Add(x => x.Until, null));
        await shown.InvokeAsync(until.SetResult);
        shown.Render();
        Assert.Equal("the next page", shown.Markup.Trim());
    }

    // A token that is asked of a disposed source throws, which the next page's error boundary would show.
    [Fact]
    public void No_other_component_keeps_a_token_of_its_own() => Assert.Empty(Sources.Of("Samia.Inbox", ".razor.cs")
        .Where(f => f.Code.Contains("new CancellationTokenSource", StringComparison.Ordinal)
            || f.Code.Contains("CancellationTokenSource _", StringComparison.Ordinal)).Select(f => f.Path));

    private sealed class Worker : WorkingComponent
    {
        [Parameter]
        public Task? Until { get; set; }

        public string? Said => Problem;

        public bool Works => IsBusy;

        public Task DoAsync(Func<Task> work) => InvokeAsync(() => TryAsync(work));

        protected override async Task OnInitializedAsync()
        {
            await (Until ?? Task.CompletedTask);
            // As a second read does.
            await Task.Delay(0, Gone);
        }
    }

    private sealed class Pages : ComponentBase
    {
        [Parameter]
        public Task? Until { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<ErrorBoundary>(0);
            builder.AddAttribute(1, "ChildContent", (RenderFragment)(page =>
            {
                if (Until is null)
                {
                    page.AddContent(0, "the next page");
                    return;
                }

                page.OpenComponent<Worker>(1);
                page.AddAttribute(2, nameof(Worker.Until), Until);
                page.CloseComponent();
            }));
            builder.AddAttribute(3, "ErrorContent", (RenderFragment<Exception>)(e => page => page.AddContent(0, "broken: " + e.Message)));
            builder.CloseComponent();
        }
    }
}
