using Pat.Docs.Tests;

[assembly: AssemblyFixture(typeof(ExercisedProduct))]
