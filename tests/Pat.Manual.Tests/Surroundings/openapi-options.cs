// What an application says of its OpenAPI document.
using Pat.AspNetCore.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOpenApi(options =>
{
// the block
});
