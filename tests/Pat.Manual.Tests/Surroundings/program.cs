// The statements of a web application's Program.cs, and types below them.
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pat;
using Pat.AspNetCore;
using Pat.AspNetCore.UI;
using Pat.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

static Task StreamEvents(HttpContext context) => Task.CompletedTask;

// the block
