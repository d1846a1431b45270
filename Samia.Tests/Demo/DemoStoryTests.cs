using Samia.Local.Demo;

namespace Samia.Tests.Demo;

public sealed class DemoStoryTests
{
    public static TheoryData<string, int> BusinessesAtAllHours()
    {
        var data = new TheoryData<string, int>();
        foreach (var business in DemoBusinesses.All)
        {
            foreach (var hour in (int[])[0, 6, 12, 23])
            {
                data.Add(business.Slug, hour);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BusinessesAtAllHours))]
    public void A_story_is_told_in_order_and_is_over_now_whenever_it_is_told(string slug, int hour)
    {
        var now = new DateTimeOffset(2026, 3, 29, hour, 10, 0, TimeSpan.Zero);
        var story = DemoStory.Of(DemoBusinesses.All.Single(b => b.Slug == slug), now);
        Assert.InRange(story.Count, 38, 45);
        Assert.All(story, conversation =>
        {
            Assert.InRange(conversation.Steps.Count, 1, 16);
            Assert.IsType<CustomerWrites>(conversation.Steps[0]);
            Assert.Equal(conversation.Steps.Select(s => s.At).Order(), conversation.Steps.Select(s => s.At));
            Assert.True(conversation.Steps[^1].At < now, conversation.Person.Name);
            Assert.True(conversation.Steps[0].At > now.AddDays(-16), conversation.Person.Name);
        });
        Assert.Equal(story.Count, story.Select(c => c.Person.Bsuid).Distinct().Count());
        var wamids = story.SelectMany(c => c.Steps).OfType<CustomerWrites>().Select(s => s.Wamid).ToList();
        Assert.Equal(wamids.Count, wamids.Distinct().Count());
    }
}
