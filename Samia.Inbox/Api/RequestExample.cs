namespace Samia.Inbox.Api;

/// <summary>A body that the endpoint takes, as the API's description shows it.</summary>
internal sealed record RequestExample(string Json);

internal static class RequestExamples
{
    extension(RouteHandlerBuilder endpoint)
    {
        public RouteHandlerBuilder WithExample(string json) => endpoint.WithMetadata(new RequestExample(json));
    }
}
