namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row06OwnerFromBodyTests"/>, for edits.</summary>
public sealed class Row06OwnerFromBodyInEditsTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Theory]
    [InlineData("ownerId", "\"bob\"")]
    [InlineData("id", "\"0000000000000000000001\"")]
    [InlineData("secretHash", "\"$sha256$x\"")]
    [InlineData("revokedAt", "null")]
    [InlineData("status", "\"active\"")]
    [InlineData("lastUsedAt", "null")]
    [InlineData("version", "7")]
    public async Task Row_6_What_is_not_the_clients_to_say_is_refused_by_name(string member, string value)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var id = (await app.CreatedAsync(cookie)).Text("id");

        using var edit = await app.EditAsync(cookie, id, $$"""{ "name": "n", "{{member}}": {{value}} }""");
        using var rotation = await app.RotateAsync(cookie, id, $$"""{ "overlapSeconds": 1, "{{member}}": {{value}} }""");

        Assert.Equal([member], await edit.ErrorsAsync());
        Assert.Equal([member], await rotation.ErrorsAsync());
        using var read = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        Assert.Equal("\"1\"", read.Headers.ETag?.ToString());
    }
}
