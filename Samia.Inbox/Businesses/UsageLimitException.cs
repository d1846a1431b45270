using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>The plan does not include as much. The message is for people: it names the plan, the limit and what to do.</summary>
public sealed class UsageLimitException(UsageMetric metric, string message) : RefusedException(message)
{
    public UsageMetric Metric { get; } = metric;
}
