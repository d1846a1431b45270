using Microsoft.AspNetCore.Http.HttpResults;

namespace Samia.Inbox.Api;

/// <summary>The request is answered by a problem.</summary>
internal sealed class ApiException(ProblemHttpResult problem) : Exception(problem.ProblemDetails.Detail)
{
    public ProblemHttpResult Problem { get; } = problem;
}
