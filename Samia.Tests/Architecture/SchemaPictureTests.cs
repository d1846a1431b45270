namespace Samia.Tests.Architecture;

public sealed class SchemaPictureTests
{
    [Fact]
    public void The_picture_in_the_docs_is_of_this_model()
    {
        var file = Path.Combine(Sources.Root, "docs", "SCHEMA.md");
        var picture = SchemaPicture.Render();
        if (Environment.GetEnvironmentVariable("SAMIA_WRITE_DOCS") is not null)
        {
            File.WriteAllText(file, picture);
        }

        Assert.Equal(picture, File.ReadAllText(file));
    }
}
