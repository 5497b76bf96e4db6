using System.Reflection;
using System.Reflection.Emit;
using Calico.Core.Compile;
using CsCheck;

namespace Calico.Core.Tests.Compile;

/// <summary>Any struct that the emitter takes has in C the layout that it has in C#: the assertions in its text hold.</summary>
public sealed class CEmitterProperties
{
    private static readonly Type[] Primitives =
        [typeof(byte), typeof(sbyte), typeof(ushort), typeof(short), typeof(uint), typeof(int), typeof(ulong), typeof(long)];

    private static readonly Gen<(int[] Fields, int Pack)> Shape =
        Gen.Select(Gen.Int[0, Primitives.Length + 3].Array[1, 8], Gen.Int[0, 3].Select(i => i == 0 ? 0 : 1 << (i - 1)));

    private static int _assemblies;

    [Fact]
    public void Structs_of_any_shape_have_in_C_the_layout_of_CSharp()
    {
        using var cache = new CacheFolder();
        var compiler = cache.Compiler();
        // One call of clang for many structs: it is clang that takes the time.
        Shape.Array[40].Sample(
            shapes =>
            {
                var types = Build(shapes);
                var taken = new CEmitter();
                var refused = 0;
                foreach (var type in types)
                {
                    try
                    {
                        taken.Add(type);
                    }
                    catch (CTypeException refusal)
                    {
                        Assert.Contains("of padding", refusal.Message, StringComparison.Ordinal);
                        refused++;
                    }
                }

                Assert.True(refused < types.Count, "All structs had padding: the shapes test nothing.");
                compiler.Compile(RenderedSource.FromText("#include <calico/bpf.h>\n" + taken, "generated/types.h", "core"), ClangOptions.For("v3"));
            },
            iter: 6, threads: 1);
    }

    // Structs may hold those made before them, so nesting is as deep as chance has it.
    private static List<Type> Build((int[] Fields, int Pack)[] shapes)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"Shapes{Interlocked.Increment(ref _assemblies)}"), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule("Shapes");
        var types = new List<Type>();
        var usable = new List<Type>();
        foreach (var (fields, pack) in shapes)
        {
            var builder = module.DefineType(
                $"Shape{types.Count}", TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout, typeof(ValueType), (PackingSize)pack);
            for (var i = 0; i < fields.Length; i++)
            {
                var type = fields[i] < Primitives.Length ? Primitives[fields[i]]
                    : usable.Count > 0 ? usable[(fields[i] + i) % usable.Count] : typeof(byte);
                builder.DefineField($"Field{i}", type, FieldAttributes.Public);
            }

            var made = builder.CreateType();
            types.Add(made);
            try
            {
                CLayout.Of(made);
                usable.Add(made);
            }
            catch (CTypeException)
            {
                // With padding: counted by the test, but no part of another struct.
            }
        }

        return types;
    }
}
