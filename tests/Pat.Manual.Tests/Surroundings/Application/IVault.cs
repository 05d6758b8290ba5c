internal interface IVault
{
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken);
}
