namespace Calico.Packages.Tests;

/// <summary>The configuration of this build: packages are made of projects that were built the same way.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class BuiltAsAttribute(string configuration) : Attribute
{
    public string Configuration { get; } = configuration;
}
