using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>One C file: it becomes one object, whose programs are loaded together.</summary>
/// <param name="Name">Such as <c>workload_ingress.v4</c>.</param>
/// <param name="Hook">The hook; <see cref="Hooks.None"/> for programs that stand on no interface.</param>
/// <param name="Source">The C text.</param>
/// <param name="Programs">The planned programs in it, by their names in C; empty for an entry.</param>
public sealed record RenderedUnit(string Name, Hooks Hook, RenderedSource Source, IReadOnlyList<ProgramPlan> Programs);
