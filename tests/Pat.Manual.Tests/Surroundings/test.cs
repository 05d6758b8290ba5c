// A test in a class of them.
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

public sealed class Tests(WebApplicationFactory<Program> factory)
{
// the block
}

public sealed class Program;
