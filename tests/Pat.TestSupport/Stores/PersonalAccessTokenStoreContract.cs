namespace Pat.TestSupport;

/// <summary>What every store does, whatever its database. A test project derives a class for each one.</summary>
public abstract partial class PersonalAccessTokenStoreContract(TestStore fixture) : StoreTests(fixture);
