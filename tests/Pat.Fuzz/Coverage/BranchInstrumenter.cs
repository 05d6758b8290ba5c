using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Pat.Fuzz;

/// <summary>
/// Makes an assembly tell which way each of its branches went: a call of <see cref="BranchCounters.Hit"/> for every outcome
/// of every conditional jump and switch of its IL. That is finer than the source: each part of a condition is a branch.
/// </summary>
internal sealed class BranchInstrumenter
{
    private readonly List<string> _outcomes = [];

    /// <summary>The outcomes by their numbers: the method, where its branch stands in it, and which way it goes.</summary>
    public string[] Outcomes => [.. _outcomes];

    /// <summary>The assembly in that file, instrumented.</summary>
    public MemoryStream Instrument(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        var module = assembly.MainModule;
        var hit = module.ImportReference(typeof(BranchCounters).GetMethod(nameof(BranchCounters.Hit)));
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Instrument(method, hit);
        }

        var instrumented = new MemoryStream();
        assembly.Write(instrumented);
        instrumented.Position = 0;
        return instrumented;
    }

    private void Instrument(MethodDefinition method, MethodReference hit)
    {
        var branches = method.Body.Instructions
            .Where(instruction => instruction.OpCode.FlowControl == FlowControl.Cond_Branch)
            .ToList();
        if (branches.Count == 0)
        {
            return;
        }

        var places = branches.ConvertAll(branch => $"{method.DeclaringType.FullName}.{method.Name} IL_{branch.Offset:x4}");
        method.Body.SimplifyMacros();
        foreach (var (branch, place) in branches.Zip(places))
        {
            Instrument(method.Body.GetILProcessor(), branch, place, hit);
        }

        method.Body.OptimizeMacros();
    }

    /// <summary>
    /// What follows the branch counts first and jumps over a stub for each target, which counts and goes on to it: all in
    /// one place, so that no jump leaves a protected block that did not leave it before.
    /// </summary>
    private void Instrument(ILProcessor code, Instruction branch, string place, MethodReference hit)
    {
        var next = branch.Next;
        List<Instruction> added = [.. Count(code, $"{place} falls through", hit), code.Create(OpCodes.Br, next)];
        if (branch.Operand is Instruction[] targets)
        {
            branch.Operand = targets.Select((target, index) => AddStub(target, $"{place} case {index}")).ToArray();
        }
        else
        {
            branch.Operand = AddStub((Instruction)branch.Operand, $"{place} jumps");
        }

        foreach (var instruction in added)
        {
            code.InsertBefore(next, instruction);
        }

        Instruction AddStub(Instruction target, string outcome)
        {
            var stub = Count(code, outcome, hit);
            added.AddRange([.. stub, code.Create(OpCodes.Br, target)]);
            return stub[0];
        }
    }

    private Instruction[] Count(ILProcessor code, string outcome, MethodReference hit)
    {
        _outcomes.Add(outcome);
        return [code.Create(OpCodes.Ldc_I4, _outcomes.Count - 1), code.Create(OpCodes.Call, hit)];
    }
}
