// Types of a project of tests, for an application.
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;
using Xunit;

// the block

public sealed class Program;
