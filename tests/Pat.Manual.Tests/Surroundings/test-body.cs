// What stands in a test.
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Time.Testing;
using Pat;
using Xunit;

public abstract class Tests
{
    protected WebApplicationFactory<Program> factory = new();
    protected HttpClient client = new();

    public async Task RunAsync(IServiceScope scope)
    {
// the block
    }
}

public sealed class Program;
