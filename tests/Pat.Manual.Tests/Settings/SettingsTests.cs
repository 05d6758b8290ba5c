using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.EntityFrameworkCore;

namespace Pat.Manual.Tests;

/// <summary>JSON of the manual is JSON, and what is shown as settings are settings.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string> EachBlock => [.. Json.Select(block => block.Place)];

    public static TheoryData<string> EachSettings =>
        [.. Json.Where(block => Parse(block).TryGetProperty("Authentication", out _)).Select(block => block.Place)];

    private static IEnumerable<Block> Json => ManualPages.Blocks.Where(block => block.Language == "json");

    [Theory]
    [MemberData(nameof(EachBlock))]
    public void It_is_JSON(string place) => Assert.Equal(JsonValueKind.Object, Parse(ManualPages.At(place)).ValueKind);

    [Theory]
    [MemberData(nameof(EachSettings))]
    public async Task An_application_takes_them(string place)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(ManualPages.At(place).Text)));
        builder.Services.AddDbContextPool<PersonalAccessTokenDbContext>(options => options.UseSqlite("Data Source=:memory:"));
        builder.Services.AddPersonalAccessTokens().AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        await using var app = builder.Build();

        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>A part of a document may be shown by its name and value alone.</summary>
    private static JsonElement Parse(Block block)
    {
        var text = block.Text.TrimStart().StartsWith('"') ? $"{{{block.Text}}}" : block.Text;
        return JsonDocument.Parse(text).RootElement;
    }
}
